using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Recruitment.Platform;

/// <summary>Telling an organisation's own programs that something happened.</summary>
public static class Announcing
{
    /// <summary>With the next SaveChanges: every open webhook of that organisation which asks for this kind is told, at least once and within seconds.</summary>
    /// <param name="db">The owner's database.</param>
    /// <param name="party">Whose webhooks.</param>
    /// <param name="kind">One of the kinds that the service has listed.</param>
    /// <param name="data">Ids and states. Nothing about people, and never anything that comes from a grievance.</param>
    /// <param name="stop">Ends the search.</param>
    public static async Task Announce(this ServiceDb db, Guid party, string kind, object data, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!db.GetService<WebhookKinds>().Of(db).Contains(kind)) throw new InvalidOperationException($"No webhook of {db.GetType().Name} is told of {kind}.");
        var open = await db.Set<Webhook>().AsNoTracking().Where(w => w.PartyId == party && w.EndedAt == null).ToListAsync(stop);
        var now = db.GetService<TimeProvider>().GetUtcNow().UtcDateTime;
        foreach (var webhook in open.Where(w => w.IsAbout(kind)))
        {
            var delivery = new WebhookDelivery { Id = Guid.CreateVersion7(now), WebhookId = webhook.Id, Kind = kind, HappenedAt = now, Payload = PayloadOf(kind, now, data) };
            db.Add(delivery);
            db.Due(DeliverWebhook<ServiceDb>.Kind, DeliverWebhook<ServiceDb>.SubjectOf(webhook, delivery), now);
        }
    }

    private static string PayloadOf(string kind, DateTime now, object data) => JsonSerializer.Serialize(
        new { type = kind, timestamp = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), data }, JsonSerializerOptions.Web);
}

/// <summary>Of which kinds of events the webhooks of each database are told.</summary>
internal sealed class WebhookKinds(IEnumerable<WebhookKinds.OfDatabase> all)
{
    public IReadOnlyList<string> Of(ServiceDb db) => [.. all.Where(k => k.Database.IsInstanceOfType(db)).SelectMany(k => k.Kinds)];

    internal sealed record OfDatabase(Type Database, IReadOnlyList<string> Kinds);
}

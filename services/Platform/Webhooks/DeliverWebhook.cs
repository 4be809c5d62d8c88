using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>Delivers one event to one webhook, and keeps what came of it. A process that dies between the two delivers again, under the same webhook-id.</summary>
internal sealed class DeliverWebhook<TDb>(TDb db, WebhookClient client, Secrets secrets, TimeProvider time) : IDueWork, IActsFirst
    where TDb : ServiceDb
{
    public const string Kind = "webhook";
    public const int AtOnce = 16;

    /// <summary>Since 2026-11: an address that never answers takes ten seconds each time. At most four of one organisation's at once, and two of one webhook's.</summary>
    public static readonly Lane[] Lanes = [new(Prefix: 32, AtOnce: 4), new(Prefix: 64, AtOnce: 2)];

    /// <summary>Since 2026-11, as Standard Webhooks proposes: after the last of these pauses, some three days after the event, it is given up.</summary>
    internal static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>The receiver says that nobody is there any more.</summary>
    private const int Gone = 410;
    private WebhookAnswer? answer;

    /// <summary>Whose it is comes first, for the lanes.</summary>
    public static string SubjectOf(Webhook webhook, WebhookDelivery delivery) => $"{webhook.PartyId:N}{webhook.Id:N}{delivery.Id:N}";

    public async Task Act(string subject, CancellationToken stop)
    {
        if (await Find(subject, stop) is not var (delivery, webhook)) return;

        var body = Encoding.UTF8.GetBytes(delivery.Payload);
        var now = time.GetUtcNow();
        answer = await client.Post(new(webhook.Url), body, WebhookSignature.Headers(delivery.MessageId, now, body, webhook.Signing(secrets.GetKey(WebhookRoutes.Secret), now.UtcDateTime)), stop);
        db.ChangeTracker.Clear();
    }

    public async Task<DateTime?> Do(string subject, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (answer is null || await Find(subject, stop) is not var (delivery, webhook)) return null;

        db.Add(new WebhookTry { Id = Guid.CreateVersion7(now), DeliveryId = delivery.Id, At = now, StatusCode = answer.StatusCode, Milliseconds = (int)answer.Took.TotalMilliseconds, Problem = answer.Problem });
        delivery.Tries++;
        if (answer.IsGood)
        {
            delivery.State = WebhookDelivery.Arrived;
            webhook.Arrived();
            return null;
        }
        if (answer.StatusCode != Gone && delivery.Tries <= Pauses.Length) return now + Pauses[delivery.Tries - 1];

        delivery.State = WebhookDelivery.GivenUp;
        webhook.GaveUp(now);
        return null;
    }

    /// <summary>Null when it arrived, was forgotten or its webhook has ended meanwhile.</summary>
    private async Task<(WebhookDelivery Delivery, Webhook Webhook)?> Find(string subject, CancellationToken stop)
    {
        // What waits since an earlier release is named by the delivery alone.
        var id = Guid.Parse(subject.AsSpan(subject.Length - 32), CultureInfo.InvariantCulture);
        if (await db.Set<WebhookDelivery>().SingleOrDefaultAsync(d => d.Id == id && d.State == WebhookDelivery.Waiting, stop) is not { } delivery) return null;
        return await db.Set<Webhook>().SingleOrDefaultAsync(w => w.Id == delivery.WebhookId && w.EndedAt == null, stop) is { } webhook ? (delivery, webhook) : null;
    }
}

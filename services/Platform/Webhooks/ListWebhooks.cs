using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>GET /webhooks: your organisation's webhooks, ended ones included, oldest first.</summary>
internal static class ListWebhooks
{
    /// <remarks>Events: the kinds that this service tells of. Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<string> Events, IReadOnlyList<Item> Items, Guid? Next);

    /// <remarks>FailingSince: a delivery was given up then, and none has arrived since. OldSecretUntil: until then the secrets before the present one sign as well.</remarks>
    public sealed record Item(Guid Id, int Version, string Url, IReadOnlyList<string> Events, DateTime CreatedAt, DateTime? EndedAt, DateTime? FailingSince, DateTime? OldSecretUntil);

    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder group, string service) => group.MapGet("/", Handle).WithName($"{service}{nameof(ListWebhooks)}");

    private static async Task<Ok<Response>> Handle(DatabaseAsked own, Caller caller, WebhookKinds kinds, CancellationToken stop, Guid? cursor = null)
    {
        var found = own.Db.Set<Webhook>().AsNoTracking().Where(w => w.PartyId == caller.Party);
        if (cursor is { } after) found = found.Where(w => w.Id.CompareTo(after) > 0);
        var page = await found.OrderBy(w => w.Id).Take(PageSize + 1).ToListAsync(stop);
        return TypedResults.Ok(new Response(
            kinds.Of(own.Db),
            [.. page.Take(PageSize).Select(w => new Item(w.Id, w.Version, w.Url, w.Events.Split(' '), w.CreatedAt, w.EndedAt, w.FailingSince, w.OldSecretUntil))],
            page.Count > PageSize ? page[PageSize - 1].Id : null));
    }
}

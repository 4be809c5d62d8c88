using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>GET /webhooks/{id}/deliveries: what was delivered in the last 30 days, newest first, with every try.</summary>
internal static class ListWebhookDeliveries
{
    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    /// <remarks>State: waiting, arrived or given_up. WebhookId: the header that the receiver sees.</remarks>
    public sealed record Item(Guid Id, string WebhookId, string Event, DateTime HappenedAt, string State, IReadOnlyList<Try> Tries);

    /// <remarks>StatusCode: the receiver's answer; none when there was no answer, and then Problem says why.</remarks>
    public sealed record Try(DateTime At, int? StatusCode, int Milliseconds, string? Problem);

    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder group, string service) => group.MapGet("/{id:guid}/deliveries", Handle).WithName($"{service}{nameof(ListWebhookDeliveries)}");

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid id, DatabaseAsked own, Caller caller, CancellationToken stop, Guid? cursor = null)
    {
        if (await own.Own(id, caller, stop) is null) return TypedResults.NotFound();
        var found = own.Db.Set<WebhookDelivery>().AsNoTracking().Where(d => d.WebhookId == id);
        if (cursor is { } before) found = found.Where(d => d.Id.CompareTo(before) < 0);
        var page = await found.OrderByDescending(d => d.Id).Take(PageSize + 1).ToListAsync(stop);
        var ids = page.Select(d => d.Id).ToList();
        var tries = (await own.Db.Set<WebhookTry>().AsNoTracking().Where(t => ids.Contains(t.DeliveryId)).OrderBy(t => t.Id).ToListAsync(stop)).ToLookup(t => t.DeliveryId);
        return TypedResults.Ok(new Response(
            [.. page.Take(PageSize).Select(d => new Item(d.Id, d.MessageId, d.Kind, d.HappenedAt, d.State, [.. tries[d.Id].Select(t => new Try(t.At, t.StatusCode, t.Milliseconds, t.Problem))]))],
            page.Count > PageSize ? page[PageSize - 1].Id : null));
    }
}

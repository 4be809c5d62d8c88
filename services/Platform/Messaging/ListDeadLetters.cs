using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>GET /dead-letters: messages that this service could not handle, oldest first; with <c>once=true</c> of those that are alike the oldest alone; with <c>closed=true</c> those that are done, newest first. Administrator.</summary>
internal static class ListDeadLetters
{
    /// <remarks>Next: send it as cursor for the next page; null on the last. Open: how many are, on all pages.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next, int Open);

    /// <remarks>Reason: the mistake that ended the last try. Unread: kept as it came, for it could not be read, nobody hears its type, or the broker gave it up. Not its content, which whoever looks after machines need not see. Outcome: null while it is open; then handled, superseded (something newer had been heard) or set_aside, with Why. ClosedBy: a subject, as access tokens name it. Alike: how many are open that the same consumer put down for the same reason, with this one; 0 of one that is done. Whole: whether it can be sent again; of one that was too long only the beginning is kept.</remarks>
    public sealed record Item(Guid Id, Guid? MessageId, string Consumer, string Reason, int Alike, DateTime FailedAt, bool Unread, bool Whole, DateTime? ClosedAt, string? Outcome, string? Why, string? ClosedBy);

    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder group, string service) =>
        group.MapGet("/", Handle).WithName($"{service}{nameof(ListDeadLetters)}").RequireRoles(Roles.Administrator);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(DatabaseAsked own, CancellationToken stop, Guid? cursor = null, bool closed = false, bool once = false)
    {
        if (closed && once) return Problems.Bad("not-together", "Those that are done are listed one by one: leave out once or closed.");

        var letters = own.Db.DeadLetters.AsNoTracking();
        var open = letters.Where(d => d.ClosedAt == null);
        var alike = await open.GroupBy(d => new { d.Consumer, d.Reason }).Select(g => new { g.Key.Consumer, g.Key.Reason, Count = g.Count() }).ToDictionaryAsync(g => (g.Consumer, g.Reason), g => g.Count, stop);
        var found = closed ? letters.Where(d => d.ClosedAt != null) : open;
        if (once)
        {
            var first = open.GroupBy(d => new { d.Consumer, d.Reason }).Select(g => g.OrderBy(d => d.Id).Select(d => d.Id).First());
            found = found.Where(d => first.Contains(d.Id));
        }
        if (cursor is { } after) found = closed ? found.Where(d => d.Id.CompareTo(after) < 0) : found.Where(d => d.Id.CompareTo(after) > 0);
        var page = await (closed ? found.OrderByDescending(d => d.Id) : found.OrderBy(d => d.Id)).Take(PageSize + 1)
            .Select(d => new Item(d.Id, d.MessageId, d.Consumer, d.Reason, 0, d.FailedAt, d.AsItCame, !(d.AsItCame && d.Reason.StartsWith(DeadLetter.TooLong)), d.ClosedAt, d.Outcome, d.Why, d.ClosedBy)).ToListAsync(stop);
        return TypedResults.Ok(new Response(
            [.. page.Take(PageSize).Select(l => l.ClosedAt is null ? l with { Alike = alike.GetValueOrDefault((l.Consumer, l.Reason)) } : l)],
            page.Count > PageSize ? page[PageSize - 1].Id : null, alike.Values.Sum()));
    }
}

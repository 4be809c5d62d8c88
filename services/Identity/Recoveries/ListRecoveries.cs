using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.Identity.Recoveries;

/// <summary>GET /api/v1/identity/recoveries (administrator): who has lost every second step and asks to be let in, the newest first.</summary>
internal static class ListRecoveries
{
    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    /// <remarks>Approvals: by administrators, two are needed. ReadyAt: before that it opens nothing, however often it is approved.</remarks>
    public sealed record Item(Guid Id, Guid PersonId, string Email, DateTime AskedAt, DateTime ReadyAt, int Approvals, bool IsOpen, string? EndedBecause, int Version);

    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/recoveries", Handle).WithName(nameof(ListRecoveries)).RequireRoles(Roles.Administrator);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        IdentityDb db, TimeProvider time, IOptions<RecoveryOptions> options, CancellationToken stop, Guid? cursor = null)
    {
        var found = db.Recoveries.AsNoTracking();
        if (cursor is { } id)
        {
            if (await found.SingleOrDefaultAsync(r => r.Id == id, stop) is not { } last) return Problems.UnknownCursor();
            found = found.Where(r => r.AskedAt < last.AskedAt || (r.AskedAt == last.AskedAt && r.Id.CompareTo(last.Id) < 0));
        }
        var page = await found.OrderByDescending(r => r.AskedAt).ThenByDescending(r => r.Id).Take(PageSize + 1)
            .Join(db.People, r => r.PersonId, p => p.Id, (r, p) => new { Recovery = r, p.Email }).ToListAsync(stop);
        var now = time.GetUtcNow().UtcDateTime;
        var items = page.OrderByDescending(r => r.Recovery.AskedAt).ThenByDescending(r => r.Recovery.Id).Take(PageSize).Select(r => new Item(
            r.Recovery.Id, r.Recovery.PersonId, r.Email!, r.Recovery.AskedAt, r.Recovery.ReadyAt(options.Value), r.Recovery.Approvals, r.Recovery.IsOpen(now, options.Value), r.Recovery.EndedBecause, r.Recovery.Version)).ToList();
        return TypedResults.Ok(new Response(items, page.Count > PageSize ? items[^1].Id : null));
    }
}

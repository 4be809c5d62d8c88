using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Claiming;

/// <summary>GET /api/v1/identity/claims: organisations that somebody answers for, and whether the operator has verified who that is; by state, pending ones unless asked otherwise. Administrator.</summary>
internal static class ListClaims
{
    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    /// <remarks>People: the e-mail addresses of who answers. Version: send it with the decision.</remarks>
    public sealed record Item(Guid PartyId, string Kind, string State, IReadOnlyList<string> People, DateOnly Since, string Basis, string Note, DateOnly? DecidedOn, int Version);

    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/claims", Handle).WithName(nameof(ListClaims)).RequireRoles(Roles.Administrator);

    private static async Task<Ok<Response>> Handle(IdentityDb db, BusinessClock clock, TimeProvider time, CancellationToken stop, bool verified = false, Guid? cursor = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var claimed = db.Memberships.Open(now).Where(m => m.Kind != PartyKinds.Operator).Select(m => m.PartyId).Distinct()
            .Where(p => db.Claims.Any(c => c.PartyId == p && c.State == PartyClaim.Verified) == verified);
        if (cursor is { } after) claimed = claimed.Where(p => p.CompareTo(after) > 0);
        var page = await claimed.OrderBy(p => p).Take(PageSize + 1).ToListAsync(stop);
        var shown = page.Take(PageSize).ToList();
        var members = await db.Memberships.Open(now).Where(m => shown.Contains(m.PartyId))
            .Select(m => new { m.PartyId, m.Kind, m.From, Email = db.People.Where(p => p.Id == m.PersonId).Select(p => p.Email!).First() }).ToListAsync(stop);
        var decided = await db.Claims.AsNoTracking().Where(c => shown.Contains(c.PartyId)).ToDictionaryAsync(c => c.PartyId, stop);
        var items = shown.Select(party =>
        {
            var here = members.Where(m => m.PartyId == party).ToList();
            var decision = decided.GetValueOrDefault(party);
            // Refused, and claimed again since: to be looked at anew.
            var stands = decision is { State: PartyClaim.Verified };
            return new Item(party, here[0].Kind, stands ? PartyClaim.Verified : PartyClaim.Pending, [.. here.Select(m => m.Email).Distinct().Order(StringComparer.Ordinal)], clock.DayOf(here.Min(m => m.From)),
                stands ? decision!.Basis : "", stands ? decision!.Note : "", stands ? clock.DayOf(decision!.DecidedAt) : null, decision?.Version ?? 0);
        });
        return TypedResults.Ok(new Response([.. items], page.Count > PageSize ? page[PageSize - 1] : null));
    }
}

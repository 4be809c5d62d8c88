using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>GET /api/v1/identity/people/mine: who acts or acted for the caller's organisation, by e-mail, so that its owner can read the audit trail. Owner.</summary>
internal static class ListOwnPeople
{
    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    public sealed record Item(Guid Id, string Email);

    private const int PageSize = 100;

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/people/mine", Handle).WithName(nameof(ListOwnPeople)).RequireRoles(Roles.Owner);

    private static async Task<Ok<Response>> Handle(Caller caller, IdentityDb db, CancellationToken stop, Guid? cursor = null)
    {
        var party = caller.Party;
        var found = db.People.AsNoTracking().Where(p => p.Memberships.Any(m => m.PartyId == party));
        if (cursor is { } after) found = found.Where(p => p.Id.CompareTo(after) > 0);
        var page = await found.OrderBy(p => p.Id).Take(PageSize + 1).Select(p => new Item(p.Id, p.Email!)).ToListAsync(stop);
        return TypedResults.Ok(new Response([.. page.Take(PageSize)], page.Count > PageSize ? page[PageSize - 1].Id : null));
    }
}

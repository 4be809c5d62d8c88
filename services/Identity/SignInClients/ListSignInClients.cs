using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Clients;
using Recruitment.Platform;

namespace Recruitment.Identity.SignInClients;

/// <summary>GET /api/v1/identity/sign-in-clients (owner, administrator): the programs of your organisation at which people sign in, ended ones included; an administrator sees those of every organisation. Who allowed them is nobody's to see.</summary>
internal static class ListSignInClients
{
    private const int PageSize = 50;

    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, string? Next);

    /// <remarks>CreatedBy: the id of the account. OldSecretUntil: until then two secrets open. MakerHasLeft: who registered it does not belong to the organisation any more.</remarks>
    public sealed record Item(string ClientId, int Version, Guid PartyId, string Name, IReadOnlyList<string> RedirectUris, bool IsPublic, string CreatedBy, DateTime CreatedAt, DateTime? EndedAt, DateTime? OldSecretUntil, bool MakerHasLeft);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/sign-in-clients", Handle).WithName(nameof(ListSignInClients)).RequireRoles(Roles.Owner, Roles.Administrator);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop, string? cursor = null)
    {
        var found = db.SignInClients.AsNoTracking().Of(caller);
        if (cursor is not null && !await found.AnyAsync(c => c.ClientId == cursor, stop)) return Problems.UnknownCursor();
        if (cursor is not null) found = found.Where(c => c.ClientId.CompareTo(cursor) > 0);
        var page = await found.OrderBy(c => c.ClientId).Take(PageSize + 1).ToListAsync(stop);
        var left = await LeftBehind.Among(db, page.Select(c => new LeftBehind.Program(c.ClientId, c.PartyId, c.Name, c.CreatedBy)), time.GetUtcNow().UtcDateTime, stop);
        return TypedResults.Ok(new Response([.. page.Take(PageSize).Select(c => ItemOf(c, left.Contains(c.ClientId)))], page.Count > PageSize ? page[PageSize - 1].ClientId : null));
    }

    /// <summary>Another organisation's is not there.</summary>
    public static IQueryable<SignInClient> Of(this IQueryable<SignInClient> clients, Caller caller)
    {
        var (all, mine) = (caller.Is(Roles.Administrator), caller.PartyId);
        return clients.Where(c => all || c.PartyId == mine);
    }

    private static Item ItemOf(SignInClient c, bool makerHasLeft) => new(c.ClientId, c.Version, c.PartyId, c.Name, c.RedirectUris.Split(' '), c.IsPublic, c.CreatedBy, c.CreatedAt, c.EndedAt, c.OldSecretUntil, makerHasLeft);
}

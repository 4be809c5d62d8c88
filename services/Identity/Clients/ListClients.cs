using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.Clients;

/// <summary>GET /api/v1/identity/clients (owner, administrator): the programs of your organisation, ended ones included; an administrator sees those of every organisation.</summary>
internal static class ListClients
{
    private const int PageSize = 50;

    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, string? Next);

    /// <remarks>CreatedBy: the id of the account. LastUsedOn: the day, null when it was never used. MakerHasLeft: who made it does not belong to the organisation any more. OldSecretUntil: until then two secrets open.</remarks>
    public sealed record Item(
        string ClientId, int Version, Guid PartyId, string Name, string Role, IReadOnlyList<string> Scopes, string CreatedBy, DateTime CreatedAt, DateTime ExpiresAt, DateOnly? LastUsedOn, DateTime? EndedAt, DateTime? OldSecretUntil, bool MakerHasLeft);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/clients", Handle).WithName(nameof(ListClients)).RequireRoles(Roles.Owner, Roles.Administrator);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop, string? cursor = null)
    {
        var found = db.Machines.AsNoTracking().Of(caller);
        if (cursor is not null && !await found.AnyAsync(m => m.ClientId == cursor, stop)) return Problems.UnknownCursor();
        if (cursor is not null) found = found.Where(m => m.ClientId.CompareTo(cursor) > 0);
        var page = await found.OrderBy(m => m.ClientId).Take(PageSize + 1).ToListAsync(stop);
        var left = await LeftBehind.Among(db, page.Select(m => new LeftBehind.Program(m.ClientId, m.PartyId, m.Name, m.CreatedBy)), time.GetUtcNow().UtcDateTime, stop);
        return TypedResults.Ok(new Response([.. page.Take(PageSize).Select(m => ItemOf(m, left.Contains(m.ClientId)))], page.Count > PageSize ? page[PageSize - 1].ClientId : null));
    }

    /// <summary>Another organisation's is not there, nor are our own.</summary>
    public static IQueryable<MachineClient> Of(this IQueryable<MachineClient> machines, Caller caller)
    {
        var (all, mine) = (caller.Is(Roles.Administrator), caller.PartyId);
        return machines.Where(m => m.CreatedAt != null && (all || m.PartyId == mine));
    }

    private static Item ItemOf(MachineClient m, bool makerHasLeft) => new(
        m.ClientId, m.Version, m.PartyId!.Value, m.Name, m.Role, m.Scopes.Split(' '), m.CreatedBy, m.CreatedAt!.Value, m.ExpiresAt!.Value,
        m.LastUsedOn is { } day ? DateOnly.FromDateTime(day) : null, m.EndedAt, m.OldSecretUntil, makerHasLeft);
}

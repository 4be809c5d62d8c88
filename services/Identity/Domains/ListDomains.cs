using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.Domains;

/// <summary>GET /api/v1/identity/domains: the domains that your organisation says are its own, and how each is proved. Owner.</summary>
internal static class ListDomains
{
    /// <remarks>Entry: the name and value of the TXT entry in the domain's DNS that proves it.</remarks>
    public sealed record Item(Guid Id, string Domain, bool Proved, DateOnly? ProvedOn, string EntryName, string EntryValue);

    public sealed record Response(IReadOnlyList<Item> Items);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/domains", Handle).WithName(nameof(ListDomains)).RequireRoles(Roles.Owner);

    private static async Task<Ok<Response>> Handle(Caller caller, IdentityDb db, BusinessClock clock, CancellationToken stop)
    {
        var domains = await db.EmailDomains.AsNoTracking().Where(d => d.PartyId == caller.Party).OrderBy(d => d.Domain).ToListAsync(stop);
        return TypedResults.Ok(new Response([.. domains.Select(d => Show(d, clock))]));
    }

    public static Item Show(EmailDomain domain, BusinessClock clock) =>
        new(domain.Id, domain.Domain, domain.IsProved, domain.ProvedAt is { } at ? clock.DayOf(at) : null, domain.EntryName, domain.EntryValue);
}

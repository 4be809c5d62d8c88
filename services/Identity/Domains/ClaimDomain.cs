using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.Domains;

/// <summary>PUT /api/v1/identity/domains: an owner says that a domain of e-mail addresses is the organisation's. The answer says how to prove it; said twice it is the same.</summary>
internal static class ClaimDomain
{
    /// <summary>An organisation with more has a reason to ask.</summary>
    private const int Most = 50;

    public sealed record Request([property: Required, StringLength(253)] string Domain);

    public static void Map(RouteGroupBuilder group) => group.MapPut("/domains", Handle).WithName(nameof(ClaimDomain)).RequireRoles(Roles.Owner).WhileManaging();

    private static async Task<Results<Ok<ListDomains.Item>, ProblemHttpResult>> Handle(Request request, Caller caller, IdentityDb db, BusinessClock clock, TimeProvider time, CancellationToken stop)
    {
        if (EmailDomain.Normal(request.Domain) is not { } domain) return Problems.Bad("bad-domain", "Give a domain as it stands after the @ of your addresses, for instance organisation.example.");

        await using var together = await db.Database.BeginTransactionAsync(stop);
        await OneAtATime.Wait(db, $"{nameof(ClaimDomain)} {caller.Party}", stop);
        var said = await db.EmailDomains.Where(d => d.PartyId == caller.Party).ToListAsync(stop);
        if (said.FirstOrDefault(d => d.Domain == domain) is { } known) return TypedResults.Ok(ListDomains.Show(known, clock));
        if (said.Count >= Most) throw new BrokenRuleException("too-many-domains", $"An organisation has {Most} domains at most. Remove one first.");

        var claimed = EmailDomain.New(caller.Party, domain, time.GetUtcNow().UtcDateTime);
        db.EmailDomains.Add(claimed);
        await db.SaveChangesAsync(stop);
        await together.CommitAsync(stop);
        return TypedResults.Ok(ListDomains.Show(claimed, clock));
    }
}

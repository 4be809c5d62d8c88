using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.Domains;

/// <summary>POST /api/v1/identity/domains/{id}/proof: looks now whether the entry that proves the domain is there. Whoever had proved it before and can no longer loses it.</summary>
internal static class ProveDomain
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/domains/{id:guid}/proof", Handle).WithName(nameof(ProveDomain)).RequireRoles(Roles.Owner).WhileManaging().RequireFreshSignIn();

    private static async Task<Results<Ok<ListDomains.Item>, NotFound, ProblemHttpResult>> Handle(
        Guid id, Caller caller, IdentityDb db, DomainEntries entries, BusinessClock clock, TimeProvider time, CancellationToken stop)
    {
        var asked = await db.EmailDomains.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.PartyId == caller.Party, stop);
        if (asked is null) return TypedResults.NotFound();

        // Before the transaction: nobody waits while the DNS is asked.
        var texts = await entries.TextsAt(asked.EntryName, stop);
        if (texts is null) return Problems.Of(StatusCodes.Status503ServiceUnavailable, "dns-away", "The DNS could not be asked. Nothing has changed; try again in a minute.");

        await using var together = await db.Database.BeginTransactionAsync(stop);
        await OneAtATime.Wait(db, $"{nameof(ProveDomain)} {asked.Domain}", stop);
        var domain = await db.EmailDomains.SingleOrDefaultAsync(d => d.Id == id && d.PartyId == caller.Party, stop);
        if (domain is null) return TypedResults.NotFound();
        await Look(domain, texts.Contains(domain.EntryValue), db, time.GetUtcNow().UtcDateTime, stop);
        await together.CommitAsync(stop);
        return TypedResults.Ok(ListDomains.Show(domain, clock));
    }

    private static async Task Look(EmailDomain domain, bool isThere, IdentityDb db, DateTime now, CancellationToken stop)
    {
        if (isThere && domain.IsProved) return;
        if (!isThere && !domain.IsProved)
            throw new BrokenRuleException("domain-not-proved", $"There is no TXT entry {domain.EntryName} with the value shown. It can take an hour until an entry that was just made is seen.");

        // The entry is this organisation's, so the domain is: of an organisation that proved it earlier it is no longer. Without it this one has it no longer.
        if (await db.EmailDomains.SingleOrDefaultAsync(d => d.ProvedDomain == domain.Domain, stop) is { } former)
        {
            former.Lose();
            await db.SaveChangesAsync(stop);
        }
        if (isThere) domain.Prove(now);
        await db.SaveChangesAsync(stop);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Recruitment.Identity.Clients;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>Changes of who belongs where: one at a time in the whole installation, so that what is looked at stays true until the change is saved.</summary>
/// <remarks>After each, an organisation that has members has an owner among them, and the operator an administrator.</remarks>
internal static class Members
{
    /// <summary>Null when the commit is the answer's and not the slice's to make (<see cref="Idempotency"/>).</summary>
    public static async Task<IDbContextTransaction?> Begin(IdentityDb db, CancellationToken stop)
    {
        var begun = await db.BeginTogether(stop);
        await OneAtATime.Wait(db, nameof(Members), stop);
        return begun;
    }

    /// <summary>Gives a role. Whoever is the first of an organisation owns it as well.</summary>
    public static async Task Join(IdentityDb db, Person person, Guid party, string kind, string role, DateTime now, DateTime? until, CancellationToken stop)
    {
        var isFirst = !await db.Memberships.Open(now).AnyAsync(m => m.PartyId == party, stop);
        if (isFirst && until is not null) throw new BrokenRuleException("nobody-to-answer-for", "Nobody belongs to this organisation yet. Its first member answers without an end day.");
        person.Join(party, kind, role, now, until);
        if (isFirst) person.Join(party, kind, Roles.Owner, now);
    }

    /// <summary>Ends these memberships and saves. Refuses what would leave an organisation without an owner, or the operator without an administrator.</summary>
    public static async Task End(IdentityDb db, IReadOnlyCollection<Membership> ending, DateTime now, CancellationToken stop)
    {
        var endedNow = ending.Where(m => m.To is null).ToList();
        foreach (var membership in endedNow) membership.End(now);
        await EndLinks(db, endedNow, now, stop);
        await db.SaveChangesAsync(stop);
        await LeftBehind.Tell(db, endedNow, now, stop);
        if (endedNow.Any(m => m.Role == Roles.Administrator) && !await db.Memberships.Open(now).AnyAsync(m => m.Role == Roles.Administrator, stop))
            throw new BrokenRuleException("last-administrator", "Nobody else is administrator. Invite another one first.");
        foreach (var party in endedNow.Select(m => m.PartyId).Distinct())
        {
            var staying = db.Memberships.Open(now).Where(m => m.PartyId == party);
            if (!await staying.AnyAsync(stop)) await db.Claims.Where(c => c.PartyId == party && c.State == Claiming.PartyClaim.Verified).ExecuteDeleteAsync(stop); // whoever claims it next is looked at anew
            else if (endedNow.Any(m => m.PartyId == party && m.Role == Roles.Owner) && !await staying.AnyAsync(m => m.Role == Roles.Owner, stop)) throw NobodyOwnsIt();
        }
    }

    /// <summary>Invitations of whoever managed and does no more: else he would come back by one that he made before.</summary>
    private static async Task EndLinks(IdentityDb db, IEnumerable<Membership> ended, DateTime now, CancellationToken stop)
    {
        foreach (var managed in ended.Where(m => m.Role is Roles.Owner or Roles.Administrator))
        {
            var maker = managed.PersonId.ToString();
            foreach (var link in await db.Links.Where(l => l.MadeBy == maker && l.UsedAt == null && (managed.Role == Roles.Administrator || l.PartyId == managed.PartyId)).ToListAsync(stop)) link.Use(now);
        }
    }

    /// <summary>Whether somebody else owns the organisation too.</summary>
    public static Task<bool> HasAnotherOwner(IdentityDb db, Guid party, Guid person, DateTime now, CancellationToken stop) =>
        db.Memberships.Open(now).AnyAsync(m => m.PartyId == party && m.Role == Roles.Owner && m.PersonId != person, stop);

    public static BrokenRuleException NobodyOwnsIt() => new("last-owner", "Nobody else owns this organisation. Make somebody else an owner first, or transfer it.");
}

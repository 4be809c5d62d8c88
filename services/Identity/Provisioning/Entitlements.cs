using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Provisioning;

/// <summary>Brings a person's roles in an organisation to what its directory and its rules say. In the caller's transaction, with what the directory sent.</summary>
internal static class Entitlements
{
    /// <summary>Of everybody whom the directory of this organisation lists.</summary>
    public static async Task ApplyToAll(IdentityDb db, ProvisioningRules rules, DateTime now, CancellationToken stop)
    {
        foreach (var user in await db.ProvisionedUsers.Where(u => u.PartyId == rules.PartyId).ToListAsync(stop)) await Apply(db, user, rules, now, stop);
    }

    /// <exception cref="BrokenRuleException">The roles exclude each other, or the organisation would have no owner left. Nothing is to be saved then.</exception>
    public static async Task Apply(IdentityDb db, ProvisionedUser user, ProvisioningRules rules, DateTime now, CancellationToken stop)
    {
        // The groups as they will be: what was changed in this transaction is saved before this is asked.
        var groups = await db.ProvisionedGroups.Where(g => g.PartyId == user.PartyId && g.Members.Any(m => m.UserId == user.Id)).Select(g => g.DisplayName).ToListAsync(stop);
        var wanted = user.IsActive ? rules.RolesFor(groups) : new HashSet<string>();
        var person = await db.People.Include(p => p.Memberships).SingleAsync(p => p.Id == user.PersonId, stop);
        foreach (var role in wanted) person.Join(user.PartyId, rules.Kind, role, now);
        await Leave(db, person, user.PartyId, m => !user.IsActive || (user.Roles.Contains(m.Role) && !wanted.Contains(m.Role)), now, stop);
        user.Given(wanted);
    }

    /// <summary>The directory no longer lists the person: every role here ends.</summary>
    public static async Task Depart(IdentityDb db, ProvisionedUser user, DateTime now, CancellationToken stop)
    {
        var person = await db.People.Include(p => p.Memberships).SingleAsync(p => p.Id == user.PersonId, stop);
        await Leave(db, person, user.PartyId, _ => true, now, stop);
    }

    private static async Task Leave(IdentityDb db, Person person, Guid party, Func<Membership, bool> ends, DateTime now, CancellationToken stop)
    {
        var ending = person.Memberships.Where(m => m.IsOpen && m.PartyId == party && ends(m)).ToList();
        if (ending.Count == 0) return;
        if (ending.Any(m => m.Role is Roles.Owner or Roles.Administrator)
            && !await db.Memberships.AnyAsync(m => m.PartyId == party && (m.Role == Roles.Owner || m.Role == Roles.Administrator) && m.To == null && m.PersonId != person.Id, stop))
            throw new BrokenRuleException("last-owner", "This would leave the organisation without an owner. Make somebody else owner first.");

        foreach (var membership in ending) person.Leave(membership.Id, now);
        // Of two changes at the same moment one is refused: roles may exclude each other.
        person.ConcurrencyStamp = Guid.CreateVersion7().ToString("N");
    }
}

using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Provisioning;

/// <summary>Brings a person's roles in an organisation to what its directory and its rules say. Within a change of members, with what the directory sent.</summary>
internal static class Entitlements
{
    /// <summary>Of everybody whom the directory of this organisation lists.</summary>
    public static async Task ApplyToAll(IdentityDb db, Caller caller, ProvisioningRules rules, DateTime now, CancellationToken stop)
    {
        foreach (var user in await db.ProvisionedUsers.Where(u => u.PartyId == rules.PartyId).ToListAsync(stop)) await Apply(db, caller, user, rules, now, stop);
    }

    /// <exception cref="BrokenRuleException">The roles exclude each other, or the organisation would have no owner left. Nothing is to be saved then.</exception>
    public static async Task Apply(IdentityDb db, Caller caller, ProvisionedUser user, ProvisioningRules rules, DateTime now, CancellationToken stop)
    {
        // The groups as they will be: what was changed in this transaction is saved before this is asked.
        var groups = await db.ProvisionedGroups.Where(g => g.PartyId == user.PartyId && g.Members.Any(m => m.UserId == user.Id)).Select(g => g.DisplayName).ToListAsync(stop);
        var wanted = user.IsActive ? rules.RolesFor(groups) : new HashSet<string>();
        var person = await db.People.Include(p => p.Memberships).SingleAsync(p => p.Id == user.PersonId, stop);
        foreach (var role in wanted) await Members.Join(db, person, user.PartyId, rules.Kind, role, now, until: null, stop);
        await Leave(db, caller, person, user.PartyId, m => !user.IsActive || (user.Roles.Contains(m.Role) && !wanted.Contains(m.Role)), now, stop);
        user.Given(wanted);
    }

    /// <summary>The directory no longer lists the person: every role here ends.</summary>
    public static async Task Depart(IdentityDb db, Caller caller, ProvisionedUser user, DateTime now, CancellationToken stop)
    {
        var person = await db.People.Include(p => p.Memberships).SingleAsync(p => p.Id == user.PersonId, stop);
        await Leave(db, caller, person, user.PartyId, _ => true, now, stop);
    }

    private static async Task Leave(IdentityDb db, Caller caller, Person person, Guid party, Func<Membership, bool> ends, DateTime now, CancellationToken stop)
    {
        var ending = person.Memberships.Where(m => m.IsOpen && m.PartyId == party && ends(m)).ToList();
        // As an owner would: neither ends the last owner, nor what two administrators gave together.
        if (ending.Count > 0) await Departure.End(caller, ending, db, now, stop);
    }
}

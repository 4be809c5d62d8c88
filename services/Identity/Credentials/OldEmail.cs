using Microsoft.AspNetCore.Identity;
using Recruitment.Identity.People;
using Recruitment.Identity.Recoveries;
using Recruitment.Identity.Sessions;

namespace Recruitment.Identity.Credentials;

/// <summary>Puts back an address that was changed, by the link that went to it: whoever changed it has no session, no known device and no link any more.</summary>
internal sealed class OldEmail(UserManager<Person> people, PersonLinks links, OpenSessions sessions, AccountRecovery recoveries, Notices notices, PageTrail trail, IdentityDb db)
{
    /// <summary>False when the link is used up, or somebody else has proved by now that the address is his.</summary>
    public async Task<bool> PutBack(PersonLink link)
    {
        await using var together = await db.Database.BeginTransactionAsync();
        if (!await links.Use(link)) return false;
        if (await people.Proved(link.Value) is { } holder && holder.Id != link.PersonId) return false;

        var person = (await people.FindByIdAsync(link.PersonId.ToString()))!;
        var left = person.Email!;
        (person.Email, person.UserName, person.EmailConfirmed) = (link.Value, link.Value, true);
        await trail.Add("RestoreEmail", person.Id, session: null);
        if (!string.Equals(left, link.Value, StringComparison.OrdinalIgnoreCase)) notices.Add(left, "email-changed");
        if (!(await people.UpdateSecurityStampAsync(person)).Succeeded) return false;

        await links.EndThoseSince(link);
        await sessions.EndAll(person.Id, Session.EmailRestored);
        await recoveries.End(person.Id, Recovery.NotMe);
        await together.CommitAsync();
        return true;
    }
}

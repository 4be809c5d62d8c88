using Microsoft.AspNetCore.Identity;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Credentials;

/// <summary>Gives somebody another password, ends the sessions that were begun with the one before, and says so by mail.</summary>
internal sealed class Passwords(UserManager<Person> people, IdentityDb db, OpenSessions sessions, Notices notices, PageTrail trail, Spoken spoken)
{
    /// <summary>Why it was not taken, in words; null when it was.</summary>
    /// <param name="person">Whose it is.</param>
    /// <param name="password">As typed.</param>
    /// <param name="except">The session in which it is changed, which goes on; null when it is done by a link.</param>
    public async Task<string?> Change(Person person, string password, Guid? except)
    {
        if (await Refusal(person, password) is { } refusal) return refusal;

        await using var together = await db.Database.BeginTransactionAsync();
        person.PasswordHash = people.PasswordHasher.HashPassword(person, password);
        notices.Add(person.Email!, "password-changed");
        await trail.Add(except is null ? "ResetPassword" : "ChangePassword", person.Id, except);
        var saved = await people.UpdateSecurityStampAsync(person);
        if (!saved.Succeeded) return spoken.Refusal(saved);
        await sessions.EndAll(person.Id, Session.PasswordChanged, except);
        await together.CommitAsync();
        return null;
    }

    public async Task<string?> Refusal(Person person, string password)
    {
        foreach (var validator in people.PasswordValidators)
        {
            var valid = await validator.ValidateAsync(people, person, password);
            if (!valid.Succeeded) return spoken.Refusal(valid);
        }
        return null;
    }
}

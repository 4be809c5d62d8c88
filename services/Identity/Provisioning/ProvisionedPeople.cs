using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Domains;
using Recruitment.Identity.People;

namespace Recruitment.Identity.Provisioning;

/// <summary>The accounts behind what directories list. A directory speaks for addresses of domains alone that its organisation has proved to be its own.</summary>
internal sealed class ProvisionedPeople(IdentityDb db, UserManager<Person> accounts, TimeProvider time)
{
    public async Task MustBeFree(Guid party, UserValues values, Guid? except, CancellationToken stop)
    {
        await MustBeOwn(party, values.UserName, stop);
        var name = values.UserName.ToUpperInvariant();
        if (await db.ProvisionedUsers.AnyAsync(u => u.PartyId == party && u.NormalizedUserName == name && u.Id != except, stop))
            throw ScimRefusedException.Taken("There is a user of this name.");
        if (values.ExternalId is { } external && await db.ProvisionedUsers.AnyAsync(u => u.PartyId == party && u.ExternalId == external && u.Id != except, stop))
            throw ScimRefusedException.Taken("There is a user with this externalId.");
    }

    /// <summary>The account of this address; a new one has no password and is entered through the organisation's own sign-in.</summary>
    public async Task<Guid> PersonOf(Guid party, string address, CancellationToken stop)
    {
        await MustBeOwn(party, address, stop);
        if (await accounts.Proved(address) is { } known) return known.Id;

        var person = Person.New(address);
        person.EmailConfirmed = true; // by the proof of its domain
        Must(await accounts.CreateAsync(person));
        return person.Id;
    }

    /// <summary>The account follows the address, unless it also belongs to somebody else's organisation: that one knows it under the old.</summary>
    public async Task Rename(ProvisionedUser user, string address, CancellationToken stop)
    {
        if (await db.Memberships.Open(time.GetUtcNow().UtcDateTime).AnyAsync(m => m.PersonId == user.PersonId && m.PartyId != user.PartyId, stop))
            throw new ScimRefusedException(StatusCodes.Status400BadRequest, "mutability", "This person belongs to another organisation too, which knows the old address. The person changes it.");
        if (await accounts.Proved(address) is { } other && other.Id != user.PersonId) throw ScimRefusedException.Taken("There is an account with this address.");

        var person = await db.People.SingleAsync(p => p.Id == user.PersonId, stop);
        (person.Email, person.UserName) = (address, address);
        Must(await accounts.UpdateAsync(person));
    }

    private async Task MustBeOwn(Guid party, string address, CancellationToken stop)
    {
        if (EmailDomain.Of(address) is not { } domain) throw ScimRefusedException.Value("userName is an e-mail address.");
        if (!await db.EmailDomains.AnyAsync(d => d.PartyId == party && d.ProvedDomain == domain, stop))
            throw ScimRefusedException.Value($"Your organisation has not proved that {domain} is its domain. An owner does, at Sign-in of your organisation.");
    }

    private static void Must(IdentityResult result)
    {
        if (!result.Succeeded) throw ScimRefusedException.Value("userName is not an address that an account can have.");
    }
}

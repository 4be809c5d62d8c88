using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Domains;
using Recruitment.Identity.People;
using Recruitment.Identity.RoleRequests;

namespace Recruitment.Identity.SingleSignOn;

/// <summary>Why nobody could be signed in, in a word that the page has a sentence for.</summary>
internal enum NoAccount { None, AddressNotProved, OfAnotherOrganisation, GivenByTwo, NotInvited, NoRole }

/// <summary>Which account somebody has whom an organisation's provider signed in. A provider never opens an account that anybody else's organisation relies on.</summary>
internal sealed class AccountOfOutsider(IdentityDb db, UserManager<Person> accounts, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<(Person? Person, NoAccount Why)> Find(OrganisationProvider provider, OutsideIdentity outside, CancellationToken stop)
    {
        await using var together = await Members.Begin(db, stop);
        var login = await db.Logins.AsNoTracking().SingleOrDefaultAsync(l => l.LoginProvider == provider.Id.ToString() && l.ProviderKey == outside.Subject, stop);
        // Whatever it said before: today's address must be one that the organisation may speak for.
        if (outside.Email is not { } email || EmailDomain.Of(email) is not { } domain || !await db.EmailDomains.AnyAsync(d => d.PartyId == provider.PartyId && d.ProvedDomain == domain, stop))
            return (null, NoAccount.AddressNotProved);

        var person = login is not null
            ? await db.People.Include(p => p.Memberships).SingleAsync(p => p.Id == login.UserId, stop)
            : await ByAddress(email, stop) ?? (provider.JustInTime ? Person.New(email) : null);
        if (person is null || await IsInactive(provider.PartyId, person, stop)) return (null, NoAccount.NotInvited);
        if (person.Memberships.Any(m => m.IsOpenAt(Now) && m.PartyId != provider.PartyId)) return (null, NoAccount.OfAnotherOrganisation);
        // Whoever names the provider would be one alone who acts as each of them.
        if (person.Memberships.Any(m => m.IsOpenAt(Now) && FourEyes.Needed.Contains(m.Role))) return (null, NoAccount.GivenByTwo);
        if (!person.Memberships.Any(m => m.IsOpenAt(Now)) && await GiveRoles(provider, person, outside, stop) is { } refused and not NoAccount.None) return (null, refused);

        await Keep(provider, person, login, outside, stop);
        await together!.CommitAsync(stop);
        return (person, NoAccount.None);
    }

    /// <summary>The organisation's own directory says that this person works there no more.</summary>
    private Task<bool> IsInactive(Guid party, Person person, CancellationToken stop) => db.ProvisionedUsers.AnyAsync(u => u.PartyId == party && u.PersonId == person.Id && !u.IsActive, stop);

    private async Task<Person?> ByAddress(string email, CancellationToken stop)
    {
        if (await accounts.Proved(email) is not { } known) return null;
        await db.Entry(known).Collection(p => p.Memberships).LoadAsync(stop);
        return known;
    }

    /// <summary>To somebody new what the rules for the directory give. Whose roles were taken away by people gets none back by signing in.</summary>
    private async Task<NoAccount> GiveRoles(OrganisationProvider provider, Person person, OutsideIdentity outside, CancellationToken stop)
    {
        if (!provider.JustInTime || person.Memberships.Any(m => m.PartyId == provider.PartyId)) return NoAccount.NotInvited;
        var rules = await db.ProvisioningRules.AsNoTracking().Include(r => r.Groups).SingleOrDefaultAsync(r => r.PartyId == provider.PartyId, stop);
        var roles = rules?.RolesFor(outside.Groups) ?? new HashSet<string>();
        if (roles.Count == 0) return NoAccount.NoRole;
        foreach (var role in roles) await Members.Join(db, person, provider.PartyId, rules!.Kind, role, Now, until: null, stop);
        return NoAccount.None;
    }

    private async Task Keep(OrganisationProvider provider, Person person, IdentityUserLogin<Guid>? login, OutsideIdentity outside, CancellationToken stop)
    {
        if (db.Entry(person).State == EntityState.Detached)
        {
            person.EmailConfirmed = true; // by the proof of its domain
            var made = await accounts.CreateAsync(person);
            if (!made.Succeeded) throw new ProviderFailedException("The provider's address is not one that an account can have.");
        }
        if (login is null) db.Logins.Add(new() { LoginProvider = provider.Id.ToString(), ProviderKey = outside.Subject, UserId = person.Id });
        await db.SaveChangesAsync(stop);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;

namespace Recruitment.Identity.Recoveries;

/// <summary>Begins, uses and ends recoveries, each step told to the owner by mail with a way to stop it.</summary>
internal sealed class AccountRecovery(IdentityDb db, PersonLinks links, Notices notices, SecondSteps steps, OpenSessions sessions, PageTrail trail, TimeProvider time, IOptions<RecoveryOptions> options)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Sends the link with which it begins, to an address that is proved to be this person's; to another nothing goes.</summary>
    public async Task SendLink(Person person, string language)
    {
        if (!person.EmailConfirmed) return;
        notices.AddLink(person.Email!, "recovery", "recovery", await links.New(person.Id, PersonLink.Recovery), language);
        await db.SaveChangesAsync();
    }

    /// <summary>There is one at a time.</summary>
    public async Task Begin(Person person, string language)
    {
        await End(person.Id, Recovery.SignedIn);
        var recovery = Recovery.Of(person.Id, Now);
        db.Recoveries.Add(recovery);
        await trail.Add("BeginRecovery", person.Id, session: null, $"{recovery.Id}");
        await TellWithTheNextSave(person, recovery, "recovery-begun", language);
        await db.SaveChangesAsync();
    }

    /// <summary>A mail whose link stops it.</summary>
    public async Task TellWithTheNextSave(Person person, Recovery recovery, string what, string language) =>
        notices.AddWayBack(person.Email!, what, "not-me", await links.New(person.Id, PersonLink.NotMe, recovery.Id.ToString()), language);

    /// <summary>Uses it when it is ready: what was lost is taken from the account, and every session ends. False when the second step is to be asked for.</summary>
    public async Task<bool> Use(Person person)
    {
        var open = await db.Recoveries.Where(r => r.PersonId == person.Id && r.EndedAt == null).ToListAsync();
        if (open.SingleOrDefault(r => r.IsReady(Now, options.Value)) is not { } ready) return false;

        await using var together = await db.Database.BeginTransactionAsync();
        ready.End(Recovery.Used, Now);
        // Where the account was open before, it is known no more.
        person.SecurityStamp = Guid.CreateVersion7().ToString("N");
        await trail.Add("UseRecovery", person.Id, session: null, $"{ready.Id}");
        await steps.RemoveAll(person.Id);
        await sessions.EndAll(person.Id, Session.Recovered);
        notices.Add(person.Email!, "recovered");
        await db.SaveChangesAsync(); // of two sign-ins at once one
        await together.CommitAsync();
        return true;
    }

    /// <summary>Whoever has a second step needs none; whoever did not ask for it must stop it with one click.</summary>
    public async Task End(Guid person, string because)
    {
        foreach (var open in await db.Recoveries.Where(r => r.PersonId == person && r.EndedAt == null).ToListAsync()) open.End(because, Now);
        await db.SaveChangesAsync();
    }
}

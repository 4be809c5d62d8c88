using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;
using Recruitment.Identity.Recoveries;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.SingleSignOn;
using Recruitment.Identity.Texts;
using Recruitment.Platform;

namespace Recruitment.Identity.Credentials;

/// <summary>The last thing that happens to whoever has proved who it is, whichever way: a session, and a device that is known from now on.</summary>
internal sealed class Entry(IdentityDb db, OpenSessions sessions, SecondSteps steps, KnownDevices devices, Notices notices, PageTrail trail, AccountRecovery recoveries, Spoken spoken, IOptions<PlatformOptions> platform, TimeProvider time)
{
    /// <summary>Why this person does not come in, as a key of a wording; null when nothing is in the way.</summary>
    public async Task<string?> WhyNot(Person person) =>
        await trail.PartyOf(person.Id) is null ? "sign-in.no-role"
        : await OwnProvider.IsForced(db, person.Id, person.Email ?? "", time.GetUtcNow().UtcDateTime, CancellationToken.None) ? "sign-in.at-organisation"
        : null;

    /// <summary>Writes down that somebody was not let in.</summary>
    public Task NoteRefused(Person? person, string why) => trail.Refused("SignIn", person, why);

    /// <summary>Signs in, and says where to go.</summary>
    public async Task<string> Enter(HttpContext context, Person person, string onwards, params string[] ways)
    {
        var isNew = devices.Of(context, person) is null && await db.Sessions.AnyAsync(s => s.PersonId == person.Id);
        var opened = await sessions.Open(context, person, ways);
        var session = opened.Session;
        await trail.Add("SignIn", person.Id, session.Id);
        await db.SaveChangesAsync();
        await OpenSessions.Give(context, opened);
        await recoveries.End(person.Id, Recovery.SignedIn);
        devices.Remember(context, person);
        if (isNew) await notices.Tell(person, "new-device", session.Browser);
        return !session.IsOfOrganisation && await MustProtect(person.Id) ? $"{spoken.Path("account/protect")}?returnUrl={Uri.EscapeDataString(onwards)}" : onwards;
    }

    /// <summary>In operation nobody goes on with a password alone. In a demonstration, which no other machine can reach, that is everybody's own matter.</summary>
    public async Task<bool> MustProtect(Guid person) => !platform.Value.IsDemonstration && !(await steps.Of(person)).Any;

    /// <summary>Begun with a password alone, before its owner took a second step elsewhere.</summary>
    public bool IsTooWeak(Session session) => !platform.Value.IsDemonstration && !session.IsStrong;
}

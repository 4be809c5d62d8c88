using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;
using Recruitment.Identity.Recoveries;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.Texts;
using Recruitment.Platform;

namespace Recruitment.Identity.Credentials;

/// <summary>The last thing that happens to whoever has proved who it is, whichever way: a session, and a device that is known from now on.</summary>
internal sealed class Entry(IdentityDb db, OpenSessions sessions, SecondSteps steps, KnownDevices devices, Notices notices, AccountRecovery recoveries, Spoken spoken, IOptions<PlatformOptions> platform)
{
    /// <summary>Why this person does not come in, as a key of a wording; null when nothing is in the way.</summary>
    public async Task<string?> WhyNot(Person person) =>
        await db.Memberships.AnyAsync(m => m.PersonId == person.Id && m.To == null) ? null : "sign-in.no-role";

    /// <summary>Signs in, and says where to go.</summary>
    public async Task<string> Enter(HttpContext context, Person person, string onwards, params string[] ways)
    {
        var isNew = devices.Of(context, person.Id) is null && await db.Sessions.AnyAsync(s => s.PersonId == person.Id);
        var session = await sessions.SignIn(context, person, ways);
        await recoveries.End(person.Id, Recovery.SignedIn);
        devices.Remember(context, person.Id);
        if (isNew) await notices.Tell(person, "new-device", session.Browser);
        return await MustProtect(person.Id) ? $"{spoken.Path("account/protect")}?returnUrl={Uri.EscapeDataString(onwards)}" : onwards;
    }

    /// <summary>In operation nobody goes on with a password alone. In a demonstration, which no other machine can reach, that is everybody's own matter.</summary>
    public async Task<bool> MustProtect(Guid person) => !platform.Value.IsDemonstration && !(await steps.Of(person)).Any;

    /// <summary>Begun with a password alone, before its owner took a second step elsewhere.</summary>
    public bool IsTooWeak(Session session) => !platform.Value.IsDemonstration && !session.IsStrong;
}

using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.Texts;
using Recruitment.Platform;

namespace Recruitment.Identity.Credentials;

/// <summary>Whose account a page is about: whoever is signed in here. What changes by what he signs in asks him to have proved it a moment ago.</summary>
internal sealed class Owner(OpenSessions sessions, UserManager<Person> people, Spoken spoken, IdentityDb db, IOptions<PlatformOptions> platform)
{
    public sealed record Here(Person Person, Session Session);

    /// <summary>Pages of the account are opened to nobody who has no open session.</summary>
    public async Task<Here> Of(HttpContext context)
    {
        var session = await sessions.Current(context) ?? throw new InvalidOperationException("This page is not behind the policy of sessions.");
        return new((await people.FindByIdAsync(session.PersonId.ToString()))!, session);
    }

    /// <summary>The way to prove it and back to this page; null when it was proved a moment ago.</summary>
    public LocalRedirectResult? ToProve(Here here, HttpContext context) => sessions.IsProvedNow(here.Session)
        ? null
        : new LocalRedirectResult($"{spoken.Path("sign-in")}?returnUrl={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");

    /// <summary>He has just shown to have this as well.</summary>
    public Task Add(Here here, string way)
    {
        here.Session.Add(way);
        return db.SaveChangesAsync();
    }

    /// <summary>In operation the last second step stays.</summary>
    public bool MustKeep(SecondSteps.Had had) => !platform.Value.IsDemonstration && (had.App ? 1 : 0) + had.Passkeys <= 1;
}

using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Consents;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.Texts;
using Recruitment.Identity.Tokens;

namespace Recruitment.Identity.Pages.Identity.Account;

/// <summary>/identity/account: what somebody has here to sign in with, what he allowed programs of others, and where he is signed in. Each is taken back or ended by its owner; sessions all at once, too.</summary>
public sealed class IndexModel : PageModel
{
    private readonly OpenSessions sessions;
    private readonly PageTrail trail;
    private readonly IdentityDb db;
    private readonly Spoken spoken;
    private readonly AllowedPrograms allowed;
    private readonly TimeProvider time;

    public IndexModel(IServiceProvider services)
    {
        sessions = services.GetRequiredService<OpenSessions>();
        trail = services.GetRequiredService<PageTrail>();
        db = services.GetRequiredService<IdentityDb>();
        spoken = services.GetRequiredService<Spoken>();
        allowed = services.GetRequiredService<AllowedPrograms>();
        time = services.GetRequiredService<TimeProvider>();
    }

    public string Email { get; private set; } = "";

    public Guid This { get; private set; }

    /// <summary>The key of what has just been done.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    internal IReadOnlyList<(Session Session, bool IsOpen)> Sessions { get; private set; } = [];

    internal IReadOnlyList<AllowedPrograms.Allowed> Programs { get; private set; } = [];

    public async Task OnGetAsync()
    {
        if (Done is not null && !Said.Contains(Done)) Done = null;
        await Show();
    }

    public async Task<IActionResult> OnPostAsync(Guid? end, bool everywhere, string? takeBack)
    {
        var own = (await sessions.Current(HttpContext))!;
        if (everywhere)
        {
            await trail.With("SignOutEverywhere", own.PersonId, own.Id, () => sessions.EndAll(own.PersonId, Session.Everywhere));
            await HttpContext.SignOutAsync(Issuer.Cookie);
            return LocalRedirect("/");
        }
        if (takeBack is not null)
        {
            var person = await db.People.WithOpenMemberships(time.GetUtcNow().UtcDateTime).SingleAsync(p => p.Id == own.PersonId);
            await allowed.TakeBack(person, own.Id, takeBack, HttpContext.RequestAborted);
            return LocalRedirect($"{spoken.Path("account")}?done=account.taken-back");
        }
        if (end is { } id) await trail.With("EndSession", own.PersonId, own.Id, () => sessions.End(own.PersonId, id, Session.EndedByOwner), $"{id}");
        return LocalRedirect($"{spoken.Path("account")}?done=account.ended");
    }

    internal static string Day(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    internal static string DayAlone(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Nothing else that an address says is shown.</summary>
    private static readonly string[] Said = ["account.ended", "account.taken-back", "app.off", "password.changed"];

    private async Task Show()
    {
        var own = (await sessions.Current(HttpContext))!;
        (This, Email) = (own.Id, (await db.People.FindAsync(own.PersonId))!.Email!);
        Sessions = await sessions.Of(own.PersonId);
        Programs = await allowed.Of(own.PersonId, HttpContext.RequestAborted);
    }
}

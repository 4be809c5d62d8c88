using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Identity.SingleSignOn;
using Recruitment.Identity.Tokens;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/sso/callback: where an organisation's provider sends a reader back to.</summary>
[AllowAnonymous]
public sealed partial class SsoCallbackModel(IServiceProvider services, ILogger<SsoCallbackModel> logger) : PageModel
{
    /// <summary>A reader who was asked to prove it once more did so since then.</summary>
    private static readonly TimeSpan ProvedSince = TimeSpan.FromMinutes(10);

    private readonly IdentityDb db = services.GetRequiredService<IdentityDb>();
    private readonly TimeProvider time = services.GetRequiredService<TimeProvider>();

    public string Problem { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string? code, string? state, string? iss, string? error)
    {
        var errand = services.GetRequiredService<Errands>().End(HttpContext, state);
        if (errand is null) return Refuse("This sign-in was begun in another browser, or took too long. Begin again.");
        var provider = await db.Providers.AsNoTracking().SingleOrDefaultAsync(p => p.Id == errand.Provider, HttpContext.RequestAborted);
        if (provider is null) return Refuse("Your organisation has taken its own sign-in away meanwhile. Sign in another way.");
        if (error is not null || string.IsNullOrEmpty(code)) return Refuse("Your organisation's sign-in did not let you through. Begin again, or ask whoever looks after it.");
        try
        {
            var read = services.GetRequiredService<ReadOutsideIdentity>();
            var outside = await read.Read(provider, errand, code, iss, services.GetRequiredService<SignInOutside>().RedirectUri, HttpContext.RequestAborted);
            if (errand.Anew && !(outside.ProvedAt >= time.GetUtcNow() - ProvedSince)) return Refuse("Your organisation's sign-in did not ask you to prove who you are once more, so this cannot be done with it.");
            var (person, why) = await services.GetRequiredService<AccountOfOutsider>().Find(provider, outside, HttpContext.RequestAborted);
            return person is null ? Refuse(Sentence(why)) : await SignIn(person, errand);
        }
        catch (ProviderFailedException failed)
        {
            ProviderFailed(logger, provider.Id, failed.Message);
            return Refuse("Your organisation's sign-in gave an answer that cannot be trusted, or none. Try again; if it stays so, tell whoever looks after it.");
        }
    }

    private async Task<IActionResult> SignIn(Person person, Errand errand)
    {
        var signedIn = await HttpContext.AuthenticateAsync(Issuer.Cookie);
        if (signedIn.Succeeded && signedIn.Principal.FindFirstValue("sub") != person.Id.ToString())
            return Refuse("You are signed in as somebody else. Sign out first.");
        await HttpContext.SignInAsync(Issuer.Cookie, Session.Begin(person, time));
        return LocalRedirect(Url.IsLocalUrl(errand.ReturnUrl) ? errand.ReturnUrl! : "/sign-in");
    }

    private PageResult Refuse(string sentence)
    {
        Problem = sentence;
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }

    private static string Sentence(NoAccount why) => why switch
    {
        NoAccount.AddressNotProved => "Your organisation's sign-in gave no address of a domain that your organisation has proved to be its own.",
        NoAccount.OfAnotherOrganisation => "Your account belongs to another organisation too, so this sign-in cannot open it. Sign in with your passkey or password.",
        NoAccount.NoRole => "Your organisation's directory gives you no role here. Ask an owner of your organisation.",
        _ => "You have no account here. Ask an owner of your organisation to invite you.",
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Single sign-on at provider {Provider} failed: {Reason}")]
    private static partial void ProviderFailed(ILogger logger, Guid provider, string reason);
}

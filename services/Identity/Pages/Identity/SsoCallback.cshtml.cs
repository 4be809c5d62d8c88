using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.SingleSignOn;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/sso/callback: where an organisation's provider sends a reader back to.</summary>
[AllowAnonymous]
public sealed class SsoCallbackModel(IServiceProvider services, ILogger<SsoCallbackModel> logger) : PageModel
{
    /// <summary>A reader who was asked to prove it once more did so since then.</summary>
    private static readonly TimeSpan ProvedSince = TimeSpan.FromMinutes(10);

    private readonly IdentityDb db = services.GetRequiredService<IdentityDb>();
    private readonly TimeProvider time = services.GetRequiredService<TimeProvider>();

    public string Problem { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string? code, string? state, string? iss, string? error)
    {
        var errand = services.GetRequiredService<Errands>().End(HttpContext, state);
        if (errand is null) return Refuse("sso.late");
        var provider = await db.Providers.AsNoTracking().SingleOrDefaultAsync(p => p.Id == errand.Provider, HttpContext.RequestAborted);
        if (provider is null) return Refuse("sso.gone");
        if (error is not null || string.IsNullOrEmpty(code)) return Refuse("sso.refused");
        try
        {
            var read = services.GetRequiredService<ReadOutsideIdentity>();
            var outside = await read.Read(provider, errand, code, iss, services.GetRequiredService<SignInOutside>().RedirectUri, HttpContext.RequestAborted);
            if (errand.Anew && !(outside.ProvedAt >= time.GetUtcNow() - ProvedSince)) return Refuse("sso.not-anew");
            var (person, why) = await services.GetRequiredService<AccountOfOutsider>().Find(provider, outside, HttpContext.RequestAborted);
            return person is null ? Refuse(KeyOf(why)) : await SignIn(person, errand);
        }
        catch (ProviderFailedException failed)
        {
            ProviderTrouble.Say(logger, provider.Id, failed.Message);
            return Refuse("sso.bad");
        }
    }

    private async Task<IActionResult> SignIn(Person person, Errand errand)
    {
        if (await services.GetRequiredService<OpenSessions>().Current(HttpContext) is { } session && session.PersonId != person.Id) return Refuse("sso.other-person");
        var onwards = Url.IsLocalUrl(errand.ReturnUrl) ? errand.ReturnUrl! : "/sign-in";
        return LocalRedirect(await services.GetRequiredService<Entry>().Enter(HttpContext, person, onwards, Ways.Organisation));
    }

    private PageResult Refuse(string key)
    {
        Problem = services.GetRequiredService<Spoken>()[key];
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }

    private static string KeyOf(NoAccount why) => why switch
    {
        NoAccount.AddressNotProved => "sso.no-address",
        NoAccount.OfAnotherOrganisation => "sso.two",
        NoAccount.GivenByTwo => "sso.given-by-two",
        NoAccount.NoRole => "sso.no-role",
        _ => "sso.no-account",
    };
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.People;
using Recruitment.Identity.Recoveries;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/second-step: whoever has proved the password proves a passkey, a code of the app, or one of the codes on paper.</summary>
[AllowAnonymous]
public sealed class SecondStepModel : PageModel
{
    private readonly Halfway halfway;
    private readonly SecondSteps steps;
    private readonly Passkeys passkeys;
    private readonly Tries tries;
    private readonly KnownDevices devices;
    private readonly Entry entry;
    private readonly PageTrail trail;
    private readonly Notices notices;
    private readonly AccountRecovery recoveries;
    private readonly Spoken spoken;

    public SecondStepModel(IServiceProvider services)
    {
        halfway = services.GetRequiredService<Halfway>();
        steps = services.GetRequiredService<SecondSteps>();
        passkeys = services.GetRequiredService<Passkeys>();
        tries = services.GetRequiredService<Tries>();
        devices = services.GetRequiredService<KnownDevices>();
        entry = services.GetRequiredService<Entry>();
        trail = services.GetRequiredService<PageTrail>();
        notices = services.GetRequiredService<Notices>();
        recoveries = services.GetRequiredService<AccountRecovery>();
        spoken = services.GetRequiredService<Spoken>();
    }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Problem { get; private set; }

    /// <summary>To be let in without it.</summary>
    public bool IsAsked { get; private set; }

    internal SecondSteps.Had Has { get; private set; } = new(false, 0, 0);

    internal Passkeys.Asked? Passkey { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await halfway.Find(HttpContext) is not { } person) return FromTheBeginning();
        await Show(person);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? code, string? recovery, string? credential, string? state, bool lost)
    {
        if (await halfway.Find(HttpContext) is not { } person) return FromTheBeginning();

        if (lost) return await AskToRecover(person);
        var device = devices.Of(HttpContext, person);
        var way = credential is not null ? Ways.Passkey : recovery is not null ? Ways.Recovery : Ways.Code;
        // A passkey cannot be guessed, and is not counted.
        if (way != Ways.Passkey && !await tries.Allows(Tries.Codes, person.Email!, device)) return await Refuse(person, "sign-in.too-many", "too-many");
        var right = way switch
        {
            Ways.Passkey => await passkeys.Prove(HttpContext, credential!, state ?? "", person) is not null,
            Ways.Recovery => await Spend(person, recovery!),
            _ => await steps.IsRight(person.Id, code ?? ""),
        };
        if (!right)
        {
            if (way != Ways.Passkey && await tries.IsToBeTold(person.Email!)) notices.Add(person.Email!, "codes-wrong");
            return await Refuse(person, way == Ways.Passkey ? "passkey.wrong" : "code.wrong", "not-right");
        }
        if (way != Ways.Passkey) await tries.WasRight(Tries.Codes, person.Email!, device);
        if (await entry.WhyNot(person) is { } key) return await Refuse(person, key, key["sign-in.".Length..]);

        halfway.End(HttpContext);
        return LocalRedirect(await entry.Enter(HttpContext, person, Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/sign-in", Ways.Password, way));
    }

    /// <summary>Its owner hears of it, for whoever found the paper needs nothing else.</summary>
    private async Task<bool> Spend(Person person, string code) => await trail.With("UseRecoveryCode", person.Id, session: null, async () =>
    {
        var spent = await steps.Spend(person.Id, code) ? 1 : 0;
        if (spent > 0) notices.Add(person.Email!, "code-used", (await steps.Of(person.Id)).Codes);
        return spent;
    }) > 0;

    private async Task<IActionResult> AskToRecover(Person person)
    {
        if (await tries.Allows(Tries.Mails, person.Email!, devices.Of(HttpContext, person))) await recoveries.SendLink(person, spoken.Language);
        IsAsked = true;
        await Show(person);
        return Page();
    }

    private LocalRedirectResult FromTheBeginning() =>
        LocalRedirect(spoken.Path("sign-in") + (Url.IsLocalUrl(ReturnUrl) ? $"?returnUrl={Uri.EscapeDataString(ReturnUrl!)}" : ""));

    private async Task<PageResult> Refuse(Person person, string key, string why)
    {
        await trail.Refused("SecondStep", person, why);
        await Show(person);
        Problem = spoken[key];
        return Page();
    }

    private async Task Show(Person person)
    {
        Has = await steps.Of(person.Id);
        if (Has.Passkeys > 0) Passkey = await passkeys.ToProve(HttpContext, person);
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Pages.Identity.Account;

/// <summary>/identity/account/app: an authenticator app as second step, on and off. Its secret is shown until the app has shown that it has it, and never again.</summary>
public sealed class AppModel : PageModel
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);
    private readonly Owner owner;
    private readonly SecondSteps steps;
    private readonly Notices notices;
    private readonly PageTrail trail;
    private readonly IdentityDb db;
    private readonly Spoken spoken;
    private readonly Tries tries;
    private readonly ITimeLimitedDataProtector protector;

    public AppModel(IServiceProvider services)
    {
        owner = services.GetRequiredService<Owner>();
        steps = services.GetRequiredService<SecondSteps>();
        notices = services.GetRequiredService<Notices>();
        trail = services.GetRequiredService<PageTrail>();
        db = services.GetRequiredService<IdentityDb>();
        spoken = services.GetRequiredService<Spoken>();
        tries = services.GetRequiredService<Tries>();
        protector = services.GetRequiredService<IDataProtectionProvider>().CreateProtector("identity.authenticator").ToTimeLimitedDataProtector();
    }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Problem { get; private set; }
    public bool IsOn { get; private set; }
    public string Secret { get; private set; } = "";
    public string Picture { get; private set; } = "";

    /// <summary>The secret as the form brings it back: sealed, for this person.</summary>
    public string Given { get; private set; } = "";

    /// <summary>Shown this once.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public string Onwards => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : spoken.Path("account");

    public async Task<IActionResult> OnGetAsync()
    {
        var here = await owner.Of(HttpContext);
        if (owner.ToProve(here, HttpContext) is { } prove) return prove;
        await Show(here, SecondSteps.NewSecret());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? code, string? given, bool off)
    {
        var here = await owner.Of(HttpContext);
        if (owner.ToProve(here, HttpContext) is { } prove) return prove;
        var had = await steps.Of(here.Person.Id);
        if (off) return had.App && owner.MustKeep(had) ? await Refuse(here, "protect.last") : await TurnOff(here);
        // Whoever has an app turns it off first: that is told by mail.
        if (had.App || Open(here, given ?? "") is not { } secret) return await Refuse(here, "app.again");
        if (!await tries.Allows(Tries.Codes, here.Person.Email!, $"session-{here.Session.Id:N}")) return await Refuse(here, "sign-in.too-many", secret);
        await using var together = await db.Database.BeginTransactionAsync();
        if (!await steps.Add(here.Person.Id, secret, code ?? "")) return await Refuse(here, "code.wrong", secret);

        await trail.Add("AddApp", here.Person.Id, here.Session.Id);
        await trail.Add("MakeRecoveryCodes", here.Person.Id, here.Session.Id);
        await owner.Add(here, Ways.Code);
        await notices.Tell(here.Person, "app-on");
        Codes = await steps.NewCodes(here.Person.Id);
        await together.CommitAsync();
        return Page();
    }

    private async Task<IActionResult> TurnOff(Owner.Here here)
    {
        await trail.With("RemoveApp", here.Person.Id, here.Session.Id, async () =>
        {
            var removed = await steps.RemoveApp(here.Person.Id);
            if (removed > 0) notices.Add(here.Person.Email!, "app-off");
            return removed;
        });
        return LocalRedirect($"{spoken.Path("account")}?done=app.off");
    }

    private async Task<PageResult> Refuse(Owner.Here here, string key, string? secret = null)
    {
        await Show(here, secret ?? SecondSteps.NewSecret());
        Problem = spoken[key];
        return Page();
    }

    private async Task Show(Owner.Here here, string secret)
    {
        IsOn = (await steps.Of(here.Person.Id)).App;
        if (IsOn) return;
        Secret = secret;
        Given = protector.Protect($"{here.Person.Id:N}{secret}", Lasts);
        using var writer = new QRCodeGenerator();
        using var data = writer.CreateQrCode(SecondSteps.AddressOf(secret, here.Person.Email!, spoken["product"]), QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(data);
        Picture = "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(picture.GetGraphic(4)));
    }

    private string? Open(Owner.Here here, string given)
    {
        try
        {
            var said = protector.Unprotect(given);
            return said[..32] == here.Person.Id.ToString("N") ? said[32..] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

using System.Buffers.Text;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Pages.Identity.Account;

/// <summary>/identity/account/passkeys: somebody's passkeys by the names he gave them; one more, or one less.</summary>
public sealed class PasskeysModel : PageModel
{
    private readonly Owner owner;
    private readonly Credentials.Passkeys passkeys;
    private readonly SecondSteps steps;
    private readonly UserManager<Person> people;
    private readonly Notices notices;
    private readonly PageTrail trail;
    private readonly IdentityDb db;
    private readonly Spoken spoken;

    public PasskeysModel(IServiceProvider services)
    {
        owner = services.GetRequiredService<Owner>();
        passkeys = services.GetRequiredService<Credentials.Passkeys>();
        steps = services.GetRequiredService<SecondSteps>();
        people = services.GetRequiredService<UserManager<Person>>();
        notices = services.GetRequiredService<Notices>();
        trail = services.GetRequiredService<PageTrail>();
        db = services.GetRequiredService<IdentityDb>();
        spoken = services.GetRequiredService<Spoken>();
    }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Problem { get; private set; }

    public IReadOnlyList<(string Id, string Name, string Day)> Has { get; private set; } = [];

    internal Credentials.Passkeys.Asked Asked { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        var here = await owner.Of(HttpContext);
        if (owner.ToProve(here, HttpContext) is { } prove) return prove;
        await Show(here);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? name, string? credential, string? state, string? remove)
    {
        var here = await owner.Of(HttpContext);
        if (owner.ToProve(here, HttpContext) is { } prove) return prove;
        if (remove is not null) return await Remove(here, remove);
        await using var together = await db.Database.BeginTransactionAsync();
        if (!await passkeys.Add(HttpContext, here.Person, name ?? "", credential ?? "", state ?? "")) return await Refuse(here, "passkey.failed");

        await trail.Add("AddPasskey", here.Person.Id, here.Session.Id);
        await owner.Add(here, Ways.Passkey);
        await notices.Tell(here.Person, "new-passkey");
        await together.CommitAsync();
        // The first second step comes with the codes on paper.
        var onwards = Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : spoken.Path("account/passkeys");
        return LocalRedirect((await steps.Of(here.Person.Id)).Codes > 0 ? onwards : $"{spoken.Path("account/codes")}?returnUrl={Uri.EscapeDataString(onwards)}");
    }

    private async Task<IActionResult> Remove(Owner.Here here, string id)
    {
        if (owner.MustKeep(await steps.Of(here.Person.Id))) return await Refuse(here, "protect.last");
        if ((await people.GetPasskeysAsync(here.Person)).FirstOrDefault(p => Base64Url.EncodeToString(p.CredentialId) == id) is { } own)
        {
            await using var together = await db.Database.BeginTransactionAsync();
            await trail.Add("RemovePasskey", here.Person.Id, here.Session.Id);
            notices.Add(here.Person.Email!, "passkey-removed");
            await people.RemovePasskeyAsync(here.Person, own.CredentialId);
            await db.SaveChangesAsync();
            await together.CommitAsync();
        }
        return LocalRedirect(spoken.Path("account/passkeys"));
    }

    private async Task<PageResult> Refuse(Owner.Here here, string key)
    {
        await Show(here);
        Problem = spoken[key];
        return Page();
    }

    private async Task Show(Owner.Here here)
    {
        Has = [.. (await people.GetPasskeysAsync(here.Person)).OrderBy(p => p.CreatedAt)
            .Select(p => (Base64Url.EncodeToString(p.CredentialId), p.Name is { Length: > 0 } name ? name : spoken["passkey.nameless"], p.CreatedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))];
        Asked = await passkeys.ToAdd(HttpContext, here.Person);
    }
}

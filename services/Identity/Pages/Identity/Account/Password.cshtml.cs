using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Pages.Identity.Account;

/// <summary>/identity/account/password: another password. It ends every other session.</summary>
public sealed class PasswordModel : PageModel
{
    private readonly Owner owner;
    private readonly Passwords passwords;
    private readonly KnownDevices devices;
    private readonly Spoken spoken;

    public PasswordModel(IServiceProvider services)
    {
        owner = services.GetRequiredService<Owner>();
        passwords = services.GetRequiredService<Passwords>();
        devices = services.GetRequiredService<KnownDevices>();
        spoken = services.GetRequiredService<Spoken>();
    }

    public string Email { get; private set; } = "";

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await OnPostAsync(null);

    public async Task<IActionResult> OnPostAsync(string? password)
    {
        var here = await owner.Of(HttpContext);
        if (owner.ToProve(here, HttpContext) is { } prove) return prove;
        Email = here.Person.Email!;
        if (!HttpMethods.IsPost(Request.Method)) return Page();

        Problem = await passwords.Change(here.Person, password ?? "", here.Session.Id);
        if (Problem is not null) return Page();

        devices.Remember(HttpContext, here.Person);
        return LocalRedirect($"{spoken.Path("account")}?done=password.changed");
    }
}

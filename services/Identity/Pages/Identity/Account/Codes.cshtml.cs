using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Pages.Identity.Account;

/// <summary>/identity/account/codes: ten new codes on paper, which end those from before.</summary>
public sealed class CodesModel : PageModel
{
    private readonly Owner owner;
    private readonly SecondSteps steps;
    private readonly PageTrail trail;
    private readonly Notices notices;
    private readonly Spoken spoken;

    public CodesModel(IServiceProvider services)
    {
        owner = services.GetRequiredService<Owner>();
        steps = services.GetRequiredService<SecondSteps>();
        trail = services.GetRequiredService<PageTrail>();
        notices = services.GetRequiredService<Notices>();
        spoken = services.GetRequiredService<Spoken>();
    }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public int Left { get; private set; }

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public string Onwards => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : spoken.Path("account");

    public async Task<IActionResult> OnGetAsync()
    {
        var here = await owner.Of(HttpContext);
        if (owner.ToProve(here, HttpContext) is { } prove) return prove;
        Left = (await steps.Of(here.Person.Id)).Codes;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var here = await owner.Of(HttpContext);
        if (owner.ToProve(here, HttpContext) is { } prove) return prove;
        // Without a second step there is nothing that they would stand in for.
        if (!(await steps.Of(here.Person.Id)).Any) return LocalRedirect(spoken.Path("account/protect"));
        await trail.Add("MakeRecoveryCodes", here.Person.Id, here.Session.Id);
        notices.Add(here.Person.Email!, "new-codes");
        Codes = await steps.NewCodes(here.Person.Id);
        return Page();
    }
}

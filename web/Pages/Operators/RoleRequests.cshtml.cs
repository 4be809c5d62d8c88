using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.Operators;

/// <summary>/operators/rolerequests: one administrator asks for a role that reads cases or says who does; another one agrees.</summary>
[ConfirmsFirst]
public sealed class RoleRequestsModel(OversightClient oversight) : PageModel
{
    public static IReadOnlyList<string> Asked { get; } = [Roles.CaseHandler, Roles.ProtectionOfficer, Roles.Administrator];

    public OversightClient.Requests Requests { get; private set; } = new(false, [], null);
    public string? Link { get; private set; }
    public string? Problem { get; private set; }

    /// <summary>What is wrong with the address that was typed.</summary>
    public string? Wrong { get; private set; }

    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public Once Once { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Guid? Cursor { get; set; }

    /// <summary>Who has an account already; else the address below is asked for.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Role { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!Asked.Contains(Role)) Problem = "Choose a role.";
        else if (Person is null && (string.IsNullOrWhiteSpace(Email) || !Email.Contains('@', StringComparison.Ordinal))) Wrong = "Type the e-mail address of the person, for instance name@organisation.example.";
        else Problem = await oversight.Ask(Role!, Person, Person is null ? Email!.Trim() : null, Once, stop);
        return await After("Asked. Another administrator agrees or refuses on this page.", stop);
    }

    public async Task<IActionResult> OnPostDecideAsync(Guid request, bool agree, CancellationToken stop)
    {
        Problem = await oversight.Decide(request, agree, stop);
        return await After(agree ? "Agreed." : "Refused.", stop);
    }

    public async Task<IActionResult> OnPostLinkAsync(Guid request, CancellationToken stop)
    {
        (var link, Problem) = await oversight.TakeLink(request, stop);
        Link = link is null ? null : $"{Request.Scheme}://{Request.Host}{link}";
        await Load(stop);
        return Page();
    }

    /// <summary>UTC.</summary>
    public static string Minute(DateTime at) => at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private async Task<IActionResult> After(string done, CancellationToken stop)
    {
        if (Problem is null && Wrong is null)
        {
            Done = done;
            return LocalRedirect("/operators/rolerequests");
        }
        await Load(stop);
        return Page();
    }

    private async Task Load(CancellationToken stop) => Requests = await oversight.RoleRequests(Cursor, stop);
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Recruiters;

/// <summary>A recruiter corrects what its draft covers.</summary>
public sealed class CorridorsModel(AccreditationClient accreditation) : PageModel
{
    private AccreditationClient.Application? application;

    [BindProperty]
    public Once Once { get; set; } = new();

    [BindProperty]
    public Scope Scope { get; set; } = new();

    public string? Problem { get; private set; }

    /// <summary>There is a draft, or one that was sent back.</summary>
    public bool IsOpen => application is { IsOpen: true };

    public async Task OnGetAsync(CancellationToken stop)
    {
        await Load(stop);
        if (application is null) return;
        Once = Once.Read(application.Version);
        Scope = Scope.Of(application.Corridors, application.Sectors);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await Load(stop);
        if (!IsOpen) return Page();
        Problem = Scope.Lack() ?? await accreditation.ChangeScope(application!.Id, Scope.Corridors, Scope.ChosenSectors, Once, stop);
        return Problem is null ? Redirect("/recruiters") : Page();
    }

    private async Task Load(CancellationToken stop)
    {
        var current = await accreditation.Current(stop);
        application = current is null ? null : await accreditation.Get(current.Id, stop);
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;
using Recruitment.Web.Pages.Shared;

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

    /// <summary>What a form brought after the application was sent, where it differs from what was sent: to be copied.</summary>
    public IReadOnlyList<(string? Label, string Text)> NotSaved { get; private set; } = [];

    /// <summary>That it was sent, and when; null while nothing was.</summary>
    public string? Sent => application is { IsOpen: false } ? SentMeanwhile.Sent(application) : null;

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
        if (IsOpen)
        {
            Problem = Scope.Lack() ?? await accreditation.ChangeScope(application!.Id, Scope.Corridors, Scope.ChosenSectors, Once, stop);
            if (Problem is null) return Redirect("/recruiters");
            await Load(stop); // perhaps refused because it was sent while this form came
        }
        if (application is { IsOpen: false } sent)
        {
            Problem = SentMeanwhile.NotSaved;
            NotSaved =
            [
                .. Differing("Corridors", Scope.Corridors, sent.Corridors, Words.Corridor),
                .. Differing("Sectors", Scope.ChosenSectors, sent.Sectors, Words.Sector),
            ];
        }
        return Page();
    }

    private static IEnumerable<(string? Label, string Text)> Differing(string label, IReadOnlyList<string> chosen, IReadOnlyList<string> sent, Func<string, string> words)
    {
        if (chosen.Count > 0 && !chosen.ToHashSet().SetEquals(sent)) yield return (label, string.Join('\n', chosen.Select(words)));
    }

    private async Task Load(CancellationToken stop) => application = await accreditation.Own(null, stop);
}

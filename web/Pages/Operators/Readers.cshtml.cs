using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Operators;

/// <summary>/operators/readers: the administrator says who of those with a key opens new cases.</summary>
public sealed class ReadersModel(GrievancesClient grievances, IdentityClient identity) : PageModel
{
    public sealed record Reader(Guid Id, string Name, bool Intake, bool HasLeft, bool HoldsAlone)
    {
        public bool OnDuty => Intake && !HasLeft;
    }

    public IReadOnlyList<Reader> Readers { get; private set; } = [];

    /// <summary>However many read: nobody has recorded which office is responsible, and no screen does. Which texts are reviewed is recorded on /operators/texts.</summary>
    public bool StaysClosed { get; private set; }

    public string? Problem { get; private set; }

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public async Task<IActionResult> OnPostAsync(Guid reader, bool intake, CancellationToken stop)
    {
        if (await grievances.AssignIntake(reader, intake, stop)) return RedirectToPage();

        Problem = "This reader is not there any more. Look at the list again.";
        await Load(stop);
        return Page();
    }

    private async Task Load(CancellationToken stop)
    {
        StaysClosed = await grievances.GetIntake(stop) is { Open: false, Reason: "not-approved" };
        var emails = await identity.Emails(stop);
        string NameOf(string subject) => Guid.TryParse(subject, out var person) && emails.TryGetValue(person, out var email) ? email : "Somebody whose account is gone";
        Readers = [.. (await grievances.Readers(stop)).Select(r => new Reader(r.Id, NameOf(r.Subject), r.Intake, r.HasLeft, r.HoldsAlone)).OrderBy(r => r.Name, StringComparer.Ordinal)];
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Operators;

/// <summary>/operators/clock: the administrator of a demonstration moves its clock, for instance to the next release of signals.</summary>
public sealed class ClockModel(IdentityClient identity, ReleasesClient releases) : PageModel
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public DateOnly Today { get; private set; }
    public ReleasesClient.Release? Next { get; private set; }
    public string? Problem { get; private set; }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await Load(stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? to, string? shown, CancellationToken stop) =>
        !DateOnly.TryParseExact(to, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? await Refuse("Choose a day, for instance 2026-12-01.", stop)
        : await MoveFrom(shown, () => day, stop);

    public Task<IActionResult> OnPostReleaseAsync(string? shown, CancellationToken stop) => MoveFrom(shown, () => Next?.DueOn, stop);

    /// <summary>The day and the next release that this page speaks of. A page that was open while somebody else moved the clock would move it further than it says.</summary>
    public string Shown => $"{Day(Today)} {(Next is { } next ? Day(next.DueOn) : "none")}";

    /// <summary>Whether the day of the release shown has come: then it is being made at this moment.</summary>
    public bool IsBeingMade => Next is { } next && next.DueOn <= Today;

    private async Task<IActionResult> MoveFrom(string? shown, Func<DateOnly?> to, CancellationToken stop)
    {
        if (!await Load(stop)) return NotFound();
        if (shown != Shown)
        {
            Problem = "The clock or the next release was another when this page was opened. Nothing was moved. Look at the days below, which are those of now, then choose again.";
            return Page();
        }
        return to() is { } day ? await Move(day, stop) : await Refuse("No release of signals is due.", stop);
    }

    private async Task<IActionResult> Move(DateOnly day, CancellationToken stop)
    {
        if (await identity.MoveClock(day, stop) is { } problem) return await Refuse(problem, stop);

        // What is due by the new day is made within a second or so: the page shown next would else still speak of it as to come.
        for (var waited = TimeSpan.Zero; waited < Patience && await releases.Next(stop) is { } next && next.DueOn <= day; waited += Pause) await Task.Delay(Pause, stop);
        return RedirectToPage();
    }

    private async Task<IActionResult> Refuse(string problem, CancellationToken stop)
    {
        Problem = problem;
        return await Load(stop) ? Page() : NotFound();
    }

    private async Task<bool> Load(CancellationToken stop)
    {
        if (await identity.Today(stop) is not { } today) return false;

        Today = today;
        Next = await releases.Next(stop);
        return true;
    }
}

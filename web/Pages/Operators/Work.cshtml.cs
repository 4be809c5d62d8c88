using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Operators;

/// <summary>/operators/work: what was to be done at its time and keeps failing, mails that wait or were not taken, and calendars that somebody has to look at again. The administrator has work tried again at once.</summary>
public sealed class WorkModel(WorkClient work) : PageModel
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["prune-inbox"] = "Forget messages handled long ago", ["destroy-evidence"] = "Destroy evidence whose day has come", ["open-edition"] = "Open the estimates of the day",
        ["release-signals"] = "Release signals", ["call-the-roll"] = "Compare readers with case handlers", ["forget-deleted-forms"] = "Forget deleted forms",
        ["deadline"] = "Say that a day of an application came", ["ask-for-deadlines"] = "Find days of applications", ["recheck-calendar"] = "See whether a calendar still holds",
        ["open-access-reviews"] = "Open yearly reviews of access", ["forget-invited-addresses"] = "Forget addresses on old invitations",
        ["mail"] = "Send a mail", ["webhook"] = "Tell an organisation's program",
    };

    /// <summary>What keeps failing in each service; null of one that does not answer.</summary>
    public IReadOnlyList<(string Service, WorkClient.StuckPage? Page)> Services { get; private set; } = [];

    /// <summary>How mails stand in each service that sends some; null of one that does not answer.</summary>
    public IReadOnlyList<(string Service, WorkClient.MailPage? Page)> Mails { get; private set; } = [];

    /// <summary>By which calendar each service counts days; null of one that does not answer.</summary>
    public IReadOnlyList<(string Service, WorkClient.Calendar? Calendar)> Calendars { get; private set; } = [];

    public bool IsEmpty => Services.All(s => s.Page is { Items.Count: 0 });

    [TempData]
    public string? Done { get; set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var stuck = await Task.WhenAll(WorkClient.Services.Select(s => work.StuckIn(s, stop)));
        var mails = await Task.WhenAll(WorkClient.Mailing.Select(s => work.MailsOf(s, stop)));
        var calendars = await Task.WhenAll(WorkClient.WithCalendar.Select(s => work.CalendarOf(s, stop)));
        Services = [.. WorkClient.Services.Zip(stuck)];
        Mails = [.. WorkClient.Mailing.Zip(mails)];
        Calendars = [.. WorkClient.WithCalendar.Zip(calendars)];
    }

    public async Task<IActionResult> OnPostAgainAsync(string service, Guid id, CancellationToken stop)
    {
        if (!WorkClient.Services.Contains(service)) return NotFound();

        Done = await work.TryAgain(service, id, stop)
            ? "It is tried at once. Load this page again in a minute: what is done is not here any more."
            : "It is not stuck any more.";
        return RedirectToPage();
    }

    /// <summary>In words; a kind that this page does not know stays as it is.</summary>
    public static string What(string kind) => Kinds.GetValueOrDefault(kind, kind);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static string How(WorkClient.Mail mail) => mail.State switch
    {
        "refused" => "Refused for good",
        "given_up" => "Given up",
        "sent" => "Sent",
        _ => "Waits",
    };
}

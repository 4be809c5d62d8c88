using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Platform;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Auditors;

/// <summary>What waits for an auditor, a decision maker or a scheme manager, the most urgent first.</summary>
public sealed class IndexModel(AccreditationClient accreditation) : PageModel
{
    public IReadOnlyList<(AccreditationClient.Line Line, string Heading, string Action, string Href)> Tasks { get; private set; } = [];

    public IReadOnlyList<(AccreditationClient.Line Line, string Href)> Others { get; private set; } = [];

    /// <summary>Where the page begins; what waits comes before everything else.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public string? Next { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var page = await accreditation.List(Cursor, stop);
        Tasks = [.. page.Items.Where(l => l.MyTask != "none").Select(Of)];
        Others = [.. page.Items.Where(l => l.MyTask == "none").Select(l => (l, Address(l)))];
        Next = page.Next;
    }

    private static (AccreditationClient.Line, string, string, string) Of(AccreditationClient.Line line) => line.MyTask switch
    {
        "declare_conflict" => (line, "Declare conflicts", "Declare", $"/auditors/audit/{line.Id}"),
        "audit" when line.SentBack is not null => (line, "Audit sent back", "Read why and go on", $"/auditors/audit/{line.Id}"),
        "audit" => (line, "Audit", "Record findings", $"/auditors/audit/{line.Id}"),
        "close_findings" when line.State == "ready_for_decision" => (line, "Open findings stand against a grant", "See what was put right", $"/auditors/audit/{line.Id}"),
        "close_findings" => (line, "Findings are open", "See what was put right", $"/auditors/audit/{line.Id}"),
        "decide" => (line, "Decision waits", "Decide", $"/auditors/decision/{line.Id}"),
        "end_suspension" => (line, "Suspension is over its time", "Restore or withdraw", $"/auditors/decision/{line.Id}"),
        "audit_overdue" => (line, "Audit not closed in time", "See whom to ask", $"/auditors/scheme/application/{line.Id}"),
        "name_another_body" when line.State is "granted" or "suspended" => (line, "The audit body belongs to the recruiter's group now", "Hand the status over", $"/auditors/scheme/application/{line.Id}"),
        "name_another_body" => (line, "The audit body belongs to the recruiter's group now", "Ask another body", $"/auditors/scheme/application/{line.Id}"),
        "review" when line.State == "deferred" => (line, "Time to send what was missing is over", "Give more time or end it", $"/auditors/scheme/application/{line.Id}"),
        "review" => (line, "New application", "Review", $"/auditors/scheme/application/{line.Id}"),
        _ => (line, "Name an auditor", "Choose", $"/auditors/scheme/application/{line.Id}"),
    };

    private string Address(AccreditationClient.Line line) =>
        User.HasClaim("role", Roles.SchemeManager) ? $"/auditors/scheme/application/{line.Id}"
        : User.HasClaim("role", Roles.DecisionMaker) && line.State is not ("eligible" or "audit_assigned") ? $"/auditors/decision/{line.Id}"
        : $"/auditors/audit/{line.Id}";
}

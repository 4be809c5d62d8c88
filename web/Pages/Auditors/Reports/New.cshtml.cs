using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.Auditors.Reports;

/// <summary>A draft with what in it may point to a person; the auditor answers each place and issues.</summary>
[ConfirmsFirst]
public sealed class NewModel(ReportsClient reports, AccreditationClient accreditation) : PageModel
{
    public static IReadOnlyList<(string Code, string Name)> Choices { get; } =
        [("en", "English"), ("th", "Thai"), ("my", "Burmese"), ("km", "Khmer"), ("lo", "Lao"), ("vi", "Vietnamese")];

    /// <summary>Of a draft for which none was chosen.</summary>
    private static readonly string[] Usual = ["en", "th", "my"];

    [BindProperty(SupportsGet = true)]
    public Guid? Audit { get; set; }

    [BindProperty(SupportsGet = true)]
    public List<string> Languages { get; set; } = [];

    [BindProperty]
    public string? Supersedes { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Made with the form, so that a form sent twice issues once.</summary>
    [BindProperty]
    public Once Once { get; set; } = new();

    /// <summary>To choose from, while there is no draft.</summary>
    public IReadOnlyList<AccreditationClient.Line> Audits { get; private set; } = [];

    public ReportsClient.Draft? Draft { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>It was not issued because places below wait for an answer.</summary>
    public bool HitsAreOpen { get; private set; }

    /// <summary>It was not issued because an earlier report stands, whose number and the reason to replace it are wanted.</summary>
    public bool OneStands { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        if (Languages.Count == 0) Languages = [.. Usual];
        await Load(stop);
    }

    /// <summary>The draft as it stands in the form, as a document of its own: nothing in it may run, and only its own style applies. English is in every report, so it is what a form without a language shows.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken stop)
    {
        if (Audit is not { } audit) return NotFound();
        if ((await reports.Preview(audit, Languages.Count == 0 ? ["en"] : Languages, Answers(), stop)).Value is not { Html: var html }) return NotFound();

        var style = html[(html.IndexOf("<style>", StringComparison.Ordinal) + 7)..html.IndexOf("</style>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Response.Headers.ContentSecurityPolicy = $"sandbox; default-src 'none'; style-src 'sha256-{hash}'; frame-ancestors 'none'";
        return Content(html, "text/html; charset=utf-8");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (Audit is null) return RedirectToPage();

        var outcome = await reports.Issue(Audit.Value, Languages.Count == 0 ? ["en"] : Languages, Answers(), Blank(Supersedes), Blank(Reason), Once, stop);
        if (outcome.Value is { } issued) return Redirect($"/auditors/reports?issued={issued.Number}");

        await Load(stop);
        HitsAreOpen = outcome.Code == "urn:recruitment:scan-hits-open" && Draft is not null;
        OneStands = outcome.Code == "urn:recruitment:already-issued";
        Problem = HitsAreOpen
            ? "Nothing was issued: places in the text may point to a person or claim what no audit can say. They stand below on this page. Remove each, or keep it with a reason of three characters or more."
            : outcome.Problem;
        return Page();
    }

    /// <summary>What was chosen for a hit before the page came back.</summary>
    public string Chosen(string hit) => Request.HasFormContentType ? Request.Form[$"action-{hit}"].ToString() : "";

    public string Given(string hit) => Request.HasFormContentType ? Request.Form[$"reason-{hit}"].ToString() : "";

    private async Task Load(CancellationToken stop)
    {
        if (Audit is { } audit)
        {
            // What may point to a person is the same in every language, so a form that came without one still gets its draft back, and with it all that was typed.
            var outcome = await reports.Preview(audit, Languages.Count == 0 ? Usual : Languages, [], stop);
            (Draft, Problem) = (outcome.Value, outcome.Problem);
        }
        if (Draft is null) Audits = [.. (await accreditation.ListAll(stop)).Where(l => l is { AuditedOn: not null, StatusWasHandedOver: false, State: not "ready_for_decision" }).OrderByDescending(l => l.AuditedOn)];
    }

    private List<ReportsClient.Resolution> Answers() =>
    [
        .. Request.Form.Where(field => field.Key.StartsWith("action-", StringComparison.Ordinal) && field.Value.ToString().Length > 0)
            .Select(field => new ReportsClient.Resolution(field.Key["action-".Length..], field.Value.ToString(), Blank(Given(field.Key["action-".Length..])))),
    ];

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

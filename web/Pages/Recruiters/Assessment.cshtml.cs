using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;
using Recruitment.Web.Pages.Shared;

namespace Recruitment.Web.Pages.Recruiters;

/// <summary>One principle of the self-assessment per page; what is saved stays, complete or not.</summary>
public sealed class AssessmentModel(AccreditationClient accreditation) : PageModel
{
    public AccreditationClient.Principle Part { get; private set; } = null!;

    public AccreditationClient.Application Application { get; private set; } = null!;

    public string? Problem { get; private set; }

    /// <summary>What the form was made from, kept when it is refused: what a colleague saved meanwhile is not overwritten unseen.</summary>
    [BindProperty]
    public Once Once { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public bool Saved { get; set; }

    private AccreditationClient.Scheme scheme = null!;

    public async Task<IActionResult> OnGetAsync(string principle, CancellationToken stop)
    {
        if (!await Load(principle, stop)) return NotFound();
        Once = Once.Read(Application.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string principle, string? then, CancellationToken stop)
    {
        if (!await Load(principle, stop)) return NotFound();

        var answers = Part.Indicators.Where(i => Field("value", i.Code) is not null)
            .Select(i => new AccreditationClient.Answer(i.Code, Field("value", i.Code)!, Field("why", i.Code), Field("note", i.Code))).ToList();
        if (Application.IsOpen && answers.Count > 0) Problem = await accreditation.Save(Application.Id, answers, Once, stop);
        // Sent from another page, before this form came or while it was saved: there is nothing to enter anew.
        if (Problem is not null && !await Load(principle, stop)) return NotFound();
        if (!Application.IsOpen) Problem = "The application was sent meanwhile, from another page or by a colleague. What you typed here was not saved.";
        if (Problem is not null) return Page();
        if (then != "next") return RedirectToPage(new { principle, saved = true });

        var following = scheme.Principles.SkipWhile(p => p.Code != Part.Code).Skip(1).FirstOrDefault();
        return following is null ? Redirect("/recruiters/evidence") : Redirect($"/recruiters/assessment/{following.Code}");
    }

    /// <summary>That it was sent, and when.</summary>
    public string Sent => Application.SentOn is { } day ? $"Sent on {Words.Day(day)}." : "Sent.";

    /// <summary>What a form brought after the application was sent, where it differs from what was sent: to be copied.</summary>
    public IReadOnlyList<(string? Label, string Text)> NotSaved => !Request.HasFormContentType ? [] :
    [
        .. from i in Part.Indicators
           let sent = Application.Answers.FirstOrDefault(a => a.Indicator == i.Code)
           let typed = string.Join('\n', new[] { Changed("value", i.Code, sent?.Value), Changed("why", i.Code, sent?.Why), Changed("note", i.Code, sent?.Note) }.OfType<string>())
           where typed.Length > 0
           select (i.Code, typed)
    ];

    private string? Changed(string name, string indicator, string? sent) =>
        Field(name, indicator) is { } typed && typed != sent ? name == "value" ? $"Answer: {Words.Plain(typed)}" : typed : null;

    /// <summary>What was just typed, else what is saved.</summary>
    public (string? Value, string? Why, string? Note) Of(string indicator)
    {
        if (Request.HasFormContentType) return (Field("value", indicator), Field("why", indicator), Field("note", indicator));
        var answer = Application.Answers.FirstOrDefault(a => a.Indicator == indicator);
        return (answer?.Value, answer?.Why, answer?.Note);
    }

    private string? Field(string name, string indicator) => Request.Form[$"{name}-{indicator}"].ToString() is { Length: > 0 } text ? text.Trim() : null;

    private async Task<bool> Load(string principle, CancellationToken stop)
    {
        scheme = await accreditation.GetScheme(stop);
        var current = await accreditation.Current(stop);
        var part = scheme.Principles.FirstOrDefault(p => p.Code.Equals(principle, StringComparison.OrdinalIgnoreCase));
        if (part is null || current is null || await accreditation.Get(current.Id, stop) is not { } application) return false;
        (Part, Application) = (part, application);
        return true;
    }
}

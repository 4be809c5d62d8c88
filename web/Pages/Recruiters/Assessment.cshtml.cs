using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;
using Recruitment.Web.Pages.Shared;

namespace Recruitment.Web.Pages.Recruiters;

/// <summary>One principle of the self-assessment per page; what is saved stays, complete or not.</summary>
public sealed class AssessmentModel(AccreditationClient accreditation) : PageModel
{
    /// <summary>What can be answered, the best first.</summary>
    public static readonly IReadOnlyList<string> Choices = ["conform", "partly", "not", "not_applicable"];

    public AccreditationClient.Principle Part { get; private set; } = null!;

    public AccreditationClient.Application Application { get; private set; } = null!;

    public string? Problem { get; private set; }

    /// <summary>What the form was made from, kept when it is refused: what a colleague saved meanwhile is not overwritten unseen.</summary>
    [BindProperty]
    public Once Once { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public bool Saved { get; set; }

    /// <summary>Which of the recruiter's own is meant; none: the one under way, else the last that ended.</summary>
    [BindProperty(SupportsGet = true, Name = "application")]
    public Guid? Named { get; set; }

    /// <summary>What had an answer was saved from this very form.</summary>
    public bool HasSaved { get; private set; }

    /// <summary>Indicators whose text cannot be saved, because no answer was chosen beside it.</summary>
    public IReadOnlyList<string> WithoutAnswer => !Request.HasFormContentType ? [] :
        [.. Part.Indicators.Select(i => i.Code).Where(code => Field("value", code) is null && (Field("why", code) ?? Field("note", code)) is not null)];

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
        if (Application.IsOpen && answers.Count > 0)
        {
            Problem = await accreditation.Save(Application.Id, answers, Once, stop);
            HasSaved = Problem is null;
        }
        // Sent from another page, before this form came or while it was saved: there is nothing to enter anew.
        if ((Problem is not null || WithoutAnswer.Count > 0) && !await Load(principle, stop)) return NotFound();
        if (!Application.IsOpen) Problem = SentMeanwhile.NotSaved;
        if (Problem is not null) return Page();
        if (WithoutAnswer.Count > 0)
        {
            // The page comes back as it was typed; sent again it is another form, made from what is saved now.
            if (HasSaved) Once = Once.Read(Application.Version);
            return Page();
        }
        if (then != "next") return RedirectToPage(new { principle, saved = true });

        var following = scheme.Principles.SkipWhile(p => p.Code != Part.Code).Skip(1).FirstOrDefault();
        return following is null ? Redirect("/recruiters/evidence") : Redirect($"/recruiters/assessment/{following.Code}");
    }

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
        Field(name, indicator) is { } typed && typed != sent ? name == "value" ? $"Answer: {Words.Answer(typed)}" : typed : null;

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
        var part = scheme.Principles.FirstOrDefault(p => p.Code.Equals(principle, StringComparison.OrdinalIgnoreCase));
        if (part is null || await accreditation.Own(Named, stop) is not { } application) return false;
        (Part, Application) = (part, application);
        return true;
    }
}

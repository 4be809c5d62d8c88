using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Suppliers.Sites;

/// <summary>The self-assessment of one site, one topic at a time.</summary>
public sealed class PracticeModel(SuppliersClient suppliers) : PageModel
{
    private SuppliersClient.MySite site = null!;
    private SuppliersClient.Questions questions = null!;

    [BindProperty(SupportsGet = true)]
    public Guid Site { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Topic { get; set; }

    [BindProperty]
    public string? Version { get; set; }

    [BindProperty]
    public Once Once { get; set; } = new();

    public string Name => site.Name;

    public IReadOnlyList<string> Topics => [.. questions.Items.Select(q => q.Topic).Distinct()];

    public IEnumerable<SuppliersClient.Question> Shown => questions.Items.Where(q => q.Topic == Topic);

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await Load(stop)) return NotFound();
        Version = questions.Version;
        Once = Once.Read(site.AnswersVersion);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await Load(stop)) return NotFound();

        var answers = Shown.Where(q => Request.Form[q.Code].ToString().Length > 0).ToDictionary(q => q.Code, q => Request.Form[q.Code].ToString());
        Problem = answers.Count == 0 ? "Choose an answer, or “We prefer not to say”." : await suppliers.SubmitSelfAssessment(Site, Version ?? "", answers, Once, stop);
        if (Problem is not null)
        {
            Version = questions.Version;
            return Page();
        }

        var next = Topics.SkipWhile(t => t != Topic).Skip(1).FirstOrDefault();
        return Redirect(next is null ? "/suppliers/sites" : $"/suppliers/sites/practice?site={Site}&topic={next}");
    }

    public bool IsAnswered(string topic) => questions.Items.Where(q => q.Topic == topic).All(q => site.Answers.ContainsKey(q.Code));

    public string? AnswerTo(string question) =>
        Request.HasFormContentType && Request.Form[question].ToString() is { Length: > 0 } chosen ? chosen : site.Answers.GetValueOrDefault(question);

    private async Task<bool> Load(CancellationToken stop)
    {
        if ((await suppliers.GetMine(stop))?.Sites.SingleOrDefault(s => s.Id == Site) is not { } found) return false;

        site = found;
        questions = await suppliers.GetQuestions(stop);
        if (Topic is null || !Topics.Contains(Topic)) Topic = Topics[0];
        return true;
    }
}

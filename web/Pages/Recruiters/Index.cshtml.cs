using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;
using Recruitment.Web.Pages.Shared;

namespace Recruitment.Web.Pages.Recruiters;

/// <summary>The recruiter's first screen: one clear next step, and how far it is.</summary>
public sealed class IndexModel(AccreditationClient accreditation) : PageModel
{
    private static readonly string[] Path = ["draft", "submitted", "eligible", "audit_assigned", "ready_for_decision", "granted"];
    private static readonly string[] Names = ["Self-assessment", "Review", "Auditor named", "Audit", "Decision", "Public status"];

    public AccreditationClient.Scheme Scheme { get; private set; } = null!;

    public AccreditationClient.Application? Application { get; private set; }

    /// <summary>The last one that ended, while there is none under way.</summary>
    public AccreditationClient.Application? Ended { get; private set; }

    /// <summary>The others that ended, the newest first.</summary>
    public IReadOnlyList<AccreditationClient.Line> Earlier { get; private set; } = [];

    /// <summary>Those of them whose plan for jobseekers still binds.</summary>
    public IReadOnlyList<AccreditationClient.Application> EarlierPlans { get; private set; } = [];

    public string? Problem { get; private set; }

    /// <summary>What she wanted to send had been sent already: that is no problem, and no colleague's doing either.</summary>
    public string? SentBefore { get; private set; }

    [BindProperty]
    public Once Once { get; set; } = new();

    [BindProperty]
    public Scope Scope { get; set; } = new();

    public int Total => Scheme.Principles.Sum(p => p.Indicators.Count());

    public bool CanSubmit => Application is { IsOpen: true, Missing.Count: 0 } && !Application.DeferralIsOver;

    public async Task OnGetAsync(CancellationToken stop)
    {
        await Load(stop);
        if (Application is not null) Once = Once.Read(Application.Version);
    }

    public async Task<IActionResult> OnPostBeginAsync(CancellationToken stop)
    {
        Problem = Scope.Lack() ?? await accreditation.Begin(Scope.Corridors, Scope.ChosenSectors, Once, stop);
        return await Again(stop);
    }

    public async Task<IActionResult> OnPostSubmitAsync(CancellationToken stop)
    {
        await Load(stop);
        if (Application is not null)
        {
            Problem = await accreditation.Submit(Application.Id, Once, stop);
            if (Problem is null) return RedirectToPage();
            await Load(stop);
        }
        if ((Application ?? Ended) is { IsOpen: false } sent)
            (Problem, SentBefore) = (null, $"Your application has been sent already{(sent.SentOn is { } day ? $", on {Words.Day(day)}" : "")}. You need not send it again.");
        return Page();
    }

    public (string Heading, string Sentence, string? Action, string? Href) Next() => Application!.State switch
    {
        "deferred" when Application.DeferralIsOver => ("Wait for the scheme manager", $"The time to send what was missing ended on {Day(Application.DeferredUntil)}. The scheme manager gives more time, or ends this application; then you may begin another.", null, null),
        "deferred" when CanSubmit => ("Send your application again", $"Change your answers or evidence below as you were asked, then send it again{By(Application.DeferredUntil)}. Nothing can be changed after sending, unless the scheme manager asks again.", null, null),
        "draft" when CanSubmit => ("Send your application", "Everything is answered. After sending it, nothing can be changed unless the scheme manager asks.", null, null),
        "draft" or "deferred" when Application.Missing.FirstOrDefault(m => m.Kind != "evidence") is { } lack => Answer(lack),
        "draft" or "deferred" => ("Attach your operating licence", $"It is the one piece of evidence that every application needs. Black out personal data first.{ThenAgain()}", "Attach evidence", "/recruiters/evidence"),
        "submitted" => ("Wait for the review", "The scheme manager looks whether your application can be assessed.", null, null),
        "eligible" => ("Wait for an auditor", $"{Application.AuditBodyName} has been asked. Auditors declare conflicts of interest before one is named.", null, null),
        "audit_assigned" when Application.AuditIsOverdue => ("Ask about your audit", $"It was due on {Day(Application.AuditDueOn)} and is late: it is not closed yet. Ask {Application.AuditBodyName ?? "the audit body"} by which day it will be. If you get no answer, turn to the scheme manager, who sees that it is late and has the task to ask too. Keep records and people at hand; nobody may be told what to say.", null, null),
        "audit_assigned" => ("Prepare for the audit", $"{Application.AuditBodyName} will audit by {Day(Application.AuditDueOn)}. Keep records and people at hand; nobody may be told what to say.", null, null),
        "ready_for_decision" when Application.ToPutRight is { Count: > 0 } open => ("Put findings right", $"The audit is closed. Open major or critical findings on {string.Join(", ", open)} stand against a grant. Put them right and show the auditor of {Application.AuditBodyName} the proof, outside these pages: nothing can be attached here after an application is sent. The auditor records here what proof was seen. Somebody else decides, and may refuse before that.", null, null),
        "ready_for_decision" => ("Wait for the decision", $"The audit is closed, and you have nothing to do here. A decision maker of {Application.AuditBodyName}, who did not audit, grants, refuses or sends the audit back to the auditor.", null, null),
        "granted" when Application.EndsSoon => ("Your status ends soon", $"Its last day is {Day(Application.ValidTo)}. You can apply again on the day after, not before: have your answers and your licence ready by then.", "See the public register", "/register"),
        "granted" => ("Keep it up", $"Valid to {Day(Application.ValidTo)}. A surveillance audit is foreseen by {Day(Application.SurveillanceDueOn)}: agree on it with your audit body, for nothing here arranges it.", "See the public register", "/register"),
        // She asked for it herself: nothing is held against her, and only the audit body can end it.
        "suspended" when Application.History is [.., { To: "suspended", Reason: "at_own_request" }] => ("Ask your audit body when you want to go on", $"Your status rests at your own request until {Day(Application.SuspendedUntil)}: after that day the audit body is asked to restore or to withdraw it, and until it does you stay suspended. Carry out the plan for jobseekers in process first: it stands below.", "See the public register", "/register"),
        "suspended" => ("Put right what led to suspension", $"By {Day(Application.SuspendedUntil)}: after that day the audit body is asked to restore or to withdraw your status, and until it does you stay suspended. Carry out the plan for jobseekers in process first: it stands below.", "See the public register", "/register"),
        var other => throw new InvalidOperationException($"An application that is {other} is not one to go on with."),
    };

    /// <summary>What was done to the public status and why, while nothing has been done since.</summary>
    public (string Sentence, string? Reasons)? Newest() => Application!.History switch
    {
        [.., { To: "suspended", Reason: { } code } step] => ($"Your status was suspended on {On(step)}. The reason given: {Words.Reason(code)}.", null),
        [.., { From: "suspended", To: "granted" } step] => ($"Your status was restored on {On(step)}.", step.Rationale),
        _ => null,
    };

    public IEnumerable<(string Name, string State)> Steps()
    {
        var at = Array.IndexOf(Path, Application!.State == "deferred" ? "draft" : Application.State is "suspended" ? "granted" : Application.State);
        return Names.Select((name, i) => (name, i < at ? "done" : i == at ? "now" : "later"));
    }

    private (string, string, string?, string?) Answer(AccreditationClient.Lack lack)
    {
        var principle = Scheme.Principles.First(p => p.Indicators.Any(i => i.Code == lack.Indicator));
        return ($"Go on with {principle.Code}: {principle.Title}", $"Next is indicator {lack.Indicator}. {lack.Sentence}{ThenAgain()}", "Go on", $"/recruiters/assessment/{principle.Code}#i-{lack.Indicator}");
    }

    private string ThenAgain() => Application!.State == "deferred" ? $" Then send the application again{By(Application.DeferredUntil)}." : "";

    private static string By(DateOnly? day) => day is { } known ? $" by {Words.Day(known)}" : "";

    private async Task<IActionResult> Again(CancellationToken stop)
    {
        if (Problem is null) return RedirectToPage();
        await Load(stop);
        return Page();
    }

    private async Task Load(CancellationToken stop)
    {
        Scheme = await accreditation.GetScheme(stop);
        var lines = await accreditation.ListAll(stop);
        var current = lines.FirstOrDefault(l => !l.HasEnded);
        Application = current is null ? null : await accreditation.Get(current.Id, stop);
        var ended = lines.Where(l => l.HasEnded).OrderByDescending(l => l.Id).ToList();
        Ended = current is null && ended is [var last, ..] ? await accreditation.Get(last.Id, stop) : null;
        Earlier = [.. ended.Where(l => l.Id != Ended?.Id)];
        var plans = new List<AccreditationClient.Application>();
        foreach (var line in Earlier.Where(l => l.MayHavePlan))
            if (await accreditation.Get(line.Id, stop) is { JobseekerPlan: not null } withPlan) plans.Add(withPlan);
        EarlierPlans = plans;
    }

    private static string On(AccreditationClient.HistoryLine step) => Words.Day(step.Day);

    private static string Day(DateOnly? day) => day is { } known ? Words.Day(known) : "a day not named yet";
}

using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;
using Recruitment.Web.Pages.Shared;

namespace Recruitment.Web.Pages.Auditors;

/// <summary>One audit: conflicts first, then findings by criterion, then closing.</summary>
public sealed class AuditModel(AccreditationClient accreditation) : PageModel
{
    public AccreditationClient.Scheme Scheme { get; private set; } = null!;

    public AccreditationClient.Application Application { get; private set; } = null!;

    public string? Problem { get; private set; }

    /// <summary>What the forms were made from, kept when one is refused: what somebody else did meanwhile is not overwritten unseen.</summary>
    [BindProperty]
    public Once Once { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public bool Saved { get; set; }

    /// <summary>The criterion just saved: what was sent for it is recorded now. Everything else on the page stays as it was typed.</summary>
    private string? saved;

    public string? Typed(string field) => Sent(field) is { Length: > 0 } typed ? typed : null;

    /// <summary>A field that every criterion has, with its code behind it: what was sent, else what is recorded.</summary>
    public string? Typed(string field, string criterion, string? recorded) => criterion == saved ? recorded : Sent($"{field}-{criterion}") ?? recorded;

    /// <summary>A field of the closing form: what was sent, else what closed the audit before it was sent back.</summary>
    public string? Closing(string field) => Sent(field) ?? ClosedWith(field);

    private string? ClosedWith(string field) => (field, Application.SentBack) switch
    {
        ("auditedOn", { AuditedOn: { } on }) => on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ("interviews", { InterviewsHeld: { } held }) => held.ToString(CultureInfo.InvariantCulture),
        ("summary", { } before) => before.Summary,
        _ => null,
    };

    private Asked? asked;

    public Asked Asked => asked ??= new(Request);

    /// <summary>The criterion whose button was pressed.</summary>
    public string? Pressed => Typed("criterion");

    /// <summary>Criteria for which something was sent that is not recorded.</summary>
    public IEnumerable<string> Unsaved => Scheme.Criteria.Select(c => c.Code).Where(code => code != saved && IsUnsaved(code, Application.Findings.FirstOrDefault(f => f.Criterion == code)));

    /// <summary>The same in the words of the page, with the fields that close the audit.</summary>
    public IEnumerable<string> StillTyped => [.. Unsaved, .. ClosingFields.Where(f => Differs(f, ClosedWith(f))).Select(f => FormFields.Label(f) ?? f)];

    /// <summary>What a form brought for which this page has no field any more, where it differs from what is recorded: to be copied.</summary>
    public IReadOnlyList<(string? Label, string Text)> NotSaved
    {
        get
        {
            List<(string? Label, string Text)> typed =
            [
                .. from gone in Gone
                   where Differs(gone.Name, gone.Recorded) && !string.IsNullOrWhiteSpace(Sent(gone.Name))
                   select (FormFields.Label(gone.Name), gone.IsChoice ? Words.Plain(Sent(gone.Name)!) : Sent(gone.Name)!),
            ];
            return typed.Count == 0 ? [] : [.. typed, .. Asked.ToCopy];
        }
    }

    private bool TakesFindings => Application is { State: "audit_assigned", AuditorIsWanted: false };

    /// <summary>The fields that the page had in an earlier state and has not now, and what is recorded in their place.</summary>
    private IEnumerable<(string Name, string? Recorded, bool IsChoice)> Gone
    {
        get
        {
            var a = Application;
            if (!a.AuditorIsWanted)
            {
                yield return ("statement", null, false);
                yield return ("signedAs", null, false);
            }
            foreach (var code in Scheme.Criteria.Select(c => c.Code).Where(c => c != saved))
            {
                var f = a.Findings.FirstOrDefault(x => x.Criterion == code);
                if (!TakesFindings)
                {
                    yield return ($"grade-{code}", f?.Grade, true);
                    yield return ($"text-{code}", f?.Text, false);
                    yield return ($"level-{code}", f?.EvidenceLevel, true);
                }
                if (TakesFindings || a.AuditorIsWanted || f?.Status != "open") yield return ($"proof-{code}", f?.ClosedWith, false);
            }
            if (TakesFindings) yield break;
            yield return ("auditedOn", a.AuditedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), false);
            yield return ("interviews", null, false);
            yield return ("summary", a.AuditSummary, false);
        }
    }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken stop)
    {
        if (!await Load(id, stop)) return NotFound();
        Once = Once.Read(Application.Version);
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(Guid id, Guid evidence, CancellationToken stop)
    {
        if (!await Load(id, stop) || Application.Evidence.FirstOrDefault(e => e.Id == evidence) is not { } found) return NotFound();
        return await accreditation.ReadEvidence(id, evidence, stop) is { } file ? File(file, "application/octet-stream", $"{found.Indicator}.{found.Extension}") : NotFound();
    }

    public Task<IActionResult> OnPostDeclareAsync(Guid id, bool? hasConflict, string? statement, string? signedAs, CancellationToken stop) =>
        Do(id, () => hasConflict is null ? Task.FromResult<string?>("Say whether there is a conflict.") : accreditation.DeclareConflict(id, hasConflict.Value, statement ?? "", signedAs ?? "", Once, stop), stop);

    public Task<IActionResult> OnPostFindingAsync(Guid id, string criterion, CancellationToken stop) =>
        Do(id, () => accreditation.RecordFinding(Application.AuditId, criterion, Sent($"grade-{criterion}") ?? "", Sent($"text-{criterion}") ?? "", Sent($"level-{criterion}") ?? "", Asked.Kept, Once, stop), stop, criterion, criterion);

    public Task<IActionResult> OnPostCloseFindingAsync(Guid id, string criterion, CancellationToken stop) =>
        Do(id, () => accreditation.CloseFinding(Application.AuditId, criterion, Sent($"proof-{criterion}") ?? "", Asked.Kept, Once, stop), stop, criterion, $"proof-{criterion}");

    public Task<IActionResult> OnPostCloseAsync(Guid id, DateOnly? auditedOn, int? interviews, string? summary, CancellationToken stop) => Do(id, () =>
    {
        var unsaved = string.Join(", ", Unsaved);
        var isWhole = auditedOn is not null && !string.IsNullOrWhiteSpace(summary);
        // A form sent twice goes on to the service, which answers it as it did the first time.
        if (!TakesFindings && (unsaved.Length > 0 || !isWhole)) return Task.FromResult<string?>($"The audit was {(Application.AuditorIsWanted ? "stopped" : "closed")} meanwhile. Nothing of yours was saved.");
        if (!isWhole) return Task.FromResult<string?>("Give the last day of the audit, and a summary.");
        // Afterwards no finding is recorded any more: what is only typed would be lost.
        if (unsaved.Length > 0) return Task.FromResult<string?>($"The audit is not closed: what you typed on {unsaved} is not saved yet. Save it first.");
        return accreditation.CloseAudit(Application.AuditId, auditedOn!.Value, summary!, interviews, Asked.Kept, Once, stop);
    }, stop, where: "summary");

    /// <summary>The Enter key in a field presses the first button of a form: here one that saves nothing and loses nothing.</summary>
    public Task<IActionResult> OnPostKeepAsync(Guid id, CancellationToken stop) =>
        Do(id, () => Task.FromResult<string?>(NotSaved.Count > 0 ? "Nothing was saved, and some of what you typed has no place here any more." : "Nothing was saved yet. Press the button of what you want to save."), stop);

    private async Task<IActionResult> Do(Guid id, Func<Task<string?>> act, CancellationToken stop, string? criterion = null, string? where = null)
    {
        if (!await Load(id, stop)) return WithOthersNow.Answer(this);
        Problem = await act();
        if (Problem is not null)
        {
            if (where is not null && Sent(where == criterion ? $"text-{criterion}" : where) is { Length: > 0 } text)
                Asked.Show(where, await accreditation.Scan(Application.AuditId, where, text, stop));
            if (criterion is not null) Problem = $"{criterion}: {Problem}";
            return Page();
        }
        saved = criterion;
        if (criterion is null || !StillTyped.Any()) return RedirectToPage("", null, new { id, saved = true }, criterion is null ? null : $"c-{criterion}");

        // The page goes on with what else was typed, from the state just made.
        if (!await Load(id, stop)) return NotFound();
        (Saved, Once) = (true, Once.Read(Application.Version));
        return Page();
    }

    private static readonly IReadOnlyList<string> ClosingFields = ["auditedOn", "interviews", "summary"];

    private bool IsUnsaved(string code, AccreditationClient.Finding? recorded) =>
        Differs($"grade-{code}", recorded?.Grade) || Differs($"text-{code}", recorded?.Text) || Differs($"level-{code}", recorded?.EvidenceLevel) || Differs($"proof-{code}", recorded?.ClosedWith);

    /// <summary>A browser ends lines in its own way and drops an empty first one: no difference.</summary>
    private bool Differs(string field, string? recorded) => Sent(field) is { } sent && Plain(sent) != Plain(recorded ?? "");

    private static string Plain(string text) => text.ReplaceLineEndings("\n").Trim();

    private string? Sent(string field) => Request.HasFormContentType && Request.Form.TryGetValue(field, out var values) ? values.ToString() : null;

    private async Task<bool> Load(Guid id, CancellationToken stop)
    {
        Scheme = await accreditation.GetScheme(stop);
        if (await accreditation.Get(id, stop) is not { } found) return false;
        Application = found;
        return true;
    }
}

using System.Collections.Frozen;

namespace Recruitment.Web.Hosting;

/// <summary>The fields of our forms when a form is shown without its page: what a person wrote in them, and what the page put there for itself.</summary>
internal static class FormFields
{
    /// <summary>Hidden fields, the names of buttons, and boxes that are ticked anew each time. A test holds them against the pages.</summary>
    private static readonly FrozenSet<string> Machines = FrozenSet.ToFrozenSet(
    [
        "Asked", "Audit", "Site", "Topic", "Version", "act", "auditor", "confirmed", "criterion", "go", "id", "intake", "letter", "link", "membership", "message", "party", "person", "reader",
        "recruiter", "redacted", "relation", "service", "shown", "state", "step", "sure", "then",
    ]);

    /// <summary>As on the page. A name that stands here with <c>-</c> belongs to many fields, and what follows says which.</summary>
    private static readonly FrozenDictionary<string, string> Labels = new Dictionary<string, string>
    {
        ["LegalName"] = "Legal name", ["auditedOn"] = "Last day of the audit", ["contracts"] = "Contracts", ["description"] = "What it shows", ["dueOn"] = "Audit due by", ["indicator"] = "Evidence for",
        ["interviews"] = "People interviewed", ["level"] = "Kind of evidence", ["money"] = "Money", ["papers"] = "Papers", ["rationale"] = "Reasons", ["reason"] = "Reason",
        ["signedAs"] = "Signed (your name)", ["statement"] = "In your words", ["summary"] = "Summary", ["travel"] = "Travel",
        ["grade-"] = "Grade for {0}", ["level-"] = "Shown by ({0})", ["note-"] = "Note ({0})", ["proof-"] = "Proof that {0} is put right", ["text-"] = "What was found on {0}",
        ["value-"] = "Answer ({0})", ["why-"] = "Why it does not apply ({0})",
    }.ToFrozenDictionary();

    public static bool IsForMachines(string name) =>
        name.StartsWith('_') || name.StartsWith("Once.", StringComparison.Ordinal) || name.StartsWith("action-", StringComparison.Ordinal) || Machines.Contains(name);

    /// <summary>What a person calls the field; null where that is not known: the text then speaks for itself.</summary>
    public static string? Label(string name)
    {
        if (Labels.TryGetValue(name, out var label)) return label;
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && Labels.TryGetValue(name[..(dash + 1)], out var many) ? many.Replace("{0}", name[(dash + 1)..], StringComparison.Ordinal) : null;
    }
}

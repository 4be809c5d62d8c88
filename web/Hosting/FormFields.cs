using System.Collections.Frozen;
using System.Globalization;
using Recruitment.Web.Pages.Shared;

namespace Recruitment.Web.Hosting;

/// <summary>The fields of our forms when a form is shown without its page: what a person wrote in them, and what the page put there for itself.</summary>
internal static class FormFields
{
    /// <summary>Hidden fields, the names of buttons, and boxes that are ticked anew each time. A test holds them against the pages.</summary>
    private static readonly FrozenSet<string> Machines = FrozenSet.ToFrozenSet(
    [
        "Asked", "Audit", "Forced", "Grace", "IsPublic", "JustInTime", "Only", "Site", "Topic", "Version", "act", "agree", "alike", "auditor", "cause", "client", "confirmed", "criterion", "gives", "go", "group", "id", "intake", "letter", "line", "link", "membership", "message", "party", "person", "reader", "recovery",
        "recruiter", "redacted", "relation", "request", "restore", "service", "shown", "state", "step", "sure", "then", "wording",
    ]);

    /// <summary>As on the page. A name that stands here with <c>-</c> belongs to many fields, and what follows says which.</summary>
    private static readonly FrozenDictionary<string, string> Labels = new Dictionary<string, string>
    {
        ["Address"] = "Address", ["AsOf"] = "Counted on", ["ContactRole"] = "Who answers questions (role)", ["Country"] = "Country", ["EmployerHousing"] = "Do you house workers?", ["From"] = "Since",
        ["Name"] = "Name", ["OriginCountry"] = "Workers come from", ["Province"] = "Province", ["RecruiterCountry"] = "Recruiter based in", ["RecruiterName"] = "Recruiter",
        ["RegistrationNumber"] = "Registration number", ["Sector"] = "What is made there",
        ["ClientId"] = "Client ID", ["Days"] = "For how many days", ["Domain"] = "Domain", ["EmailClaim"] = "Claim with the e-mail address", ["GroupName"] = "Group in your directory", ["GroupRole"] = "Its members become",
        ["GroupsClaim"] = "Claim with the groups", ["Issuer"] = "Issuer", ["Jwks"] = "Public keys (JSON Web Key Set)", ["RedirectUris"] = "Where answers go to", ["RoleOfAll"] = "Everybody listed becomes", ["Scope"] = "What it may",
        ["Email"] = "E-mail", ["Role"] = "Role", ["Until"] = "Answers until", ["basis"] = "On what basis",
        ["LegalName"] = "Legal name", ["auditedOn"] = "Last day of the audit", ["contracts"] = "Contracts", ["description"] = "What it shows", ["dueOn"] = "Audit due by", ["hasConflict"] = "Is there a conflict?", ["indicator"] = "Evidence for",
        ["interviews"] = "People interviewed", ["level"] = "Kind of evidence", ["money"] = "Money", ["note"] = "How they were checked", ["outcome"] = "Outcome", ["papers"] = "Papers", ["rationale"] = "Reasons", ["reason"] = "Reason",
        ["signedAs"] = "Signed (your name)", ["statement"] = "In your words", ["summary"] = "Summary", ["travel"] = "Travel", ["why"] = "Your reasons",
        ["grade-"] = "Grade for {0}", ["level-"] = "Shown by ({0})", ["note-"] = "Note ({0})", ["proof-"] = "Proof that {0} is put right", ["text-"] = "What was found on {0}",
        ["value-"] = "Answer ({0})", ["why-"] = "Why it does not apply ({0})",
    }.ToFrozenDictionary();

    /// <summary>What a person wrote or chose, in the words of the page.</summary>
    public static IReadOnlyList<(string? Label, string Text)> Written(IEnumerable<(string Name, string Value)> fields) =>
    [
        .. fields.Where(f => !IsPassword(f.Name) && !IsForMachines(f.Name)).Select(f => (f.Name, Value: f.Value.Trim()))
            .Where(f => f.Value.Length > 0 && !Guid.TryParse(f.Value, out _)).Select(f => (Label(f.Name), Said(f.Name, f.Value))),
    ];

    public static bool IsPassword(string name) => name.Contains("assword", StringComparison.Ordinal);

    public static bool IsForMachines(string name) =>
        name.StartsWith('_') || name.StartsWith("Once.", StringComparison.Ordinal) || name.StartsWith("action-", StringComparison.Ordinal) || Machines.Contains(name);

    /// <summary>What a person calls the field; null where that is not known: the text then speaks for itself.</summary>
    public static string? Label(string name)
    {
        if (Labels.TryGetValue(name, out var label)) return label;
        // "Lines[0].Nationality": the first row of a table.
        if (name.StartsWith("Lines[", StringComparison.Ordinal) && name.IndexOf("].", StringComparison.Ordinal) is > 0 and var end && int.TryParse(name[6..end], NumberStyles.None, CultureInfo.InvariantCulture, out var row))
            return string.Create(CultureInfo.InvariantCulture, $"Row {row + 1}, {Words.Plain(name[(end + 2)..]).ToLowerInvariant()}");
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && Labels.TryGetValue(name[..(dash + 1)], out var many) ? many.Replace("{0}", name[(dash + 1)..], StringComparison.Ordinal) : null;
    }

    /// <summary>A code that was chosen from a list, as the list says it; what was typed stays as it is.</summary>
    private static string Said(string name, string value) => (name, value) switch
    {
        ("reason", _) => Words.Reason(value),
        ("EmployerHousing", "true") => "Yes",
        ("EmployerHousing", "false") => "No",
        ("hasConflict", "false") => "None",
        ("hasConflict", "true") => "Yes, and I step back",
        ("outcome" or "level", _) => Words.Plain(value),
        _ when name.StartsWith("grade-", StringComparison.Ordinal) || name.StartsWith("level-", StringComparison.Ordinal) || name.StartsWith("value-", StringComparison.Ordinal) => Words.Plain(value),
        _ => value,
    };
}

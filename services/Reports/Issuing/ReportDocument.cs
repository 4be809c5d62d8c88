using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using QRCoder;
using Recruitment.Platform;

namespace Recruitment.Reports.Issuing;

/// <summary>What a report says, and how: HTML for preview and print alike.</summary>
/// <remarks>The facts are those after removals; nothing else reaches the page.</remarks>
internal sealed record ReportDocument(
    AuditFacts Facts, IReadOnlyList<string> Languages, ReportIdentity Identity, DateOnly IssuedOn, string VerifyAt, bool IsDemonstration, int SmallGroupBelow)
{
    private static readonly string[] Grades = ["critical", "major", "minor", "observation", "not_verified", "conform", "not_applicable"];
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public string Title => $"{T("en", "title")}: {Facts.RecruiterName}";

    public string Html()
    {
        var html = new StringBuilder();
        html.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>").Append(E(Title)).Append("</title><style>")
            .Append(ReportStyle.Css(Identity.Number, IsDemonstration)).Append("</style></head><body>");
        Cover(html);
        foreach (var language in Languages) Summary(html, language);
        Scope(html);
        AuditorsSummary(html);
        Findings(html);
        Limits(html);
        return html.Append("</body></html>").ToString();
    }

    private void Cover(StringBuilder html)
    {
        html.Append("<header>");
        if (IsDemonstration) html.Append(P("mark", T("en", "demonstration")));
        html.Append("<h1>").Append(E(T("en", "title"))).Append("</h1>").Append(P("subject", Facts.RecruiterName)).Append("<dl>");
        if (Facts.Country is { } country) Term(html, T("en", "country"), CountryList.Name(country));
        Term(html, T("en", "number"), Identity.Number);
        Term(html, T("en", "issuer"), Facts.AuditBodyName);
        Term(html, T("en", "issued"), Day(IssuedOn));
        Term(html, "Check code", Identity.CheckCode);
        html.Append("</dl>").Append(P("caveat", T("en", "statement") + " " + T("en", "caveat"))).Append(P("", T("en", "free")));
        html.Append("<section class=\"verify\"><div class=\"qr\" role=\"img\" aria-label=\"QR code of the verification address\">").Append(Qr())
            .Append("</div><div><h2>How to verify</h2>").Append(P("", T("en", "verify"))).Append(P("address", VerifyAt))
            .Append(P("", "Hand in this file there and you are told whether it is unaltered. On paper, the check code above is confirmed by the same page."))
            .Append("</div></section></header>");
    }

    private void Summary(StringBuilder html, string language)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section class=\"summary\" lang=\"{language}\"><h2>").Append(E(T(language, "summary")));
        if (language != "en") html.Append(" · ").Append(E(T(language, "name")));
        html.Append("</h2>");
        html.Append(P("draft", T(language, "draft"))); // Every shipped wording is a draft, the English one included.
        if (IsDemonstration) html.Append(P("mark", T(language, "demonstration")));
        html.Append("<dl>");
        Term(html, T(language, "subject"), Facts.RecruiterName);
        if (Facts.Country is { } country) Term(html, T(language, "country"), CountryList.Name(country)); // another may bear the same name elsewhere
        Term(html, T(language, "issuer"), Facts.AuditBodyName);
        Term(html, T(language, "number"), Identity.Number);
        Term(html, T(language, "issued"), Day(IssuedOn));
        html.Append("</dl>").Append(P("", T(language, "statement"))).Append(P("", T(language, "caveat")));
        html.Append("<table><caption>").Append(E(T(language, "findings"))).Append("</caption><tbody>");
        foreach (var grade in Grades.Where(g => Facts.Findings.Any(f => f.Grade == g)))
            html.Append("<tr><th scope=\"row\">").Append(E(T(language, grade))).Append("</th><td class=\"n\">").Append(Counted(language, grade)).Append("</td></tr>");
        html.Append("</tbody></table>").Append(P("", T(language, "free"))).Append("</section>");
    }

    /// <summary>"2 (put right: 1)": who reads the summary alone must not take for open what was seen put right.</summary>
    private string Counted(string language, string grade)
    {
        var findings = Facts.Findings.Where(f => f.Grade == grade).ToList();
        var putRight = findings.Count(f => f.Status == "closed");
        return CanBeOpen(grade) && putRight > 0 ? FormattableString.Invariant($"{findings.Count} ({E(T(language, "put_right"))}: {putRight})") : findings.Count.ToString(CultureInfo.InvariantCulture);
    }

    private void Scope(StringBuilder html)
    {
        html.Append("<section class=\"start\"><h2>Scope and method</h2><dl>");
        Term(html, "Scheme", string.Join(' ', new[] { Facts.SchemeCode, Facts.SchemeVersion }.OfType<string>()) is { Length: > 0 } scheme ? scheme : "own standard");
        Term(html, "Corridors", Facts.Corridors.Count > 0 ? string.Join("; ", Facts.Corridors.Select(Corridor)) : "none named");
        if (Facts.Kind is { Length: > 0 } kind) Term(html, "Audit", Words(kind));
        if (Facts.AuditedOn != default) Term(html, "Audited on", Day(Facts.AuditedOn));
        Term(html, "Decision", Facts.Decision is not { } decision ? "not taken when this report was issued"
            : $"{Words(decision.Outcome)} on {Day(decision.DecidedOn)}{(decision.ValidTo is { } until ? $", valid until {Day(until)}" : "")}, by somebody who did not audit");
        // A small number of interviews could point to the people interviewed.
        if (Facts.InterviewsHeld is { } held) Term(html, "Interviews held", held < SmallGroupBelow ? $"fewer than {SmallGroupBelow}" : held.ToString(CultureInfo.InvariantCulture));
        html.Append("</dl>");
        if (Facts.Scope is { Length: > 0 } scope) html.Append(P("", scope));
        html.Append(P("", "Each criterion is graded by the auditor from documents, records, observation and interviews. A grade is the auditor's assessment of that criterion on the date of the audit.")).Append("</section>");
    }

    private void AuditorsSummary(StringBuilder html)
    {
        if (Facts.Summary is not { Length: > 0 } summary) return;
        html.Append("<section><h2>The auditor's summary</h2>");
        foreach (var paragraph in summary.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) html.Append(P("", paragraph));
        html.Append("</section>");
    }

    private void Findings(StringBuilder html)
    {
        html.Append("<section><h2>").Append(E(T("en", "findings"))).Append("</h2>");
        if (Facts.Findings.Count == 0) html.Append(P("", "No findings were recorded."));
        foreach (var grade in Grades.Where(g => Facts.Findings.Any(f => f.Grade == g)))
        {
            html.Append("<h3>").Append(E(T("en", grade))).Append("</h3><table><thead><tr><th scope=\"col\">Criterion</th><th scope=\"col\">Finding</th>")
                .Append(CanBeOpen(grade) ? "<th scope=\"col\">State</th>" : "").Append("</tr></thead><tbody>");
            foreach (var finding in Facts.Findings.Where(f => f.Grade == grade).OrderBy(f => f.Criterion, StringComparer.Ordinal))
            {
                html.Append("<tr><th scope=\"row\">").Append(E(finding.Criterion)).Append("</th><td>").Append(E(finding.Title ?? Words(finding.Topic)));
                if (finding.Statement is { Length: > 0 } statement) html.Append("<br>").Append(E(statement));
                html.Append("</td>").Append(CanBeOpen(grade) ? $"<td>{E(finding.Status ?? "")}</td>" : "").Append("</tr>");
            }
            html.Append("</tbody></table>");
        }
        html.Append("</section>");
    }

    private static void Limits(StringBuilder html) => html.Append("<section><h2>Limits</h2>")
        .Append(P("", "An audit sees a sample at one time. It cannot show that a practice is absent, and it says nothing about other recruiters, sites or dates."))
        .Append(P("", "The text was searched for names, numbers, dates and small groups before issue, and nothing in it comes from a grievance. Whoever has a concern can raise it without an account and without giving a name."))
        .Append(P("", "The file is signed when it is issued. The report may be replaced or revoked later: the verification page shows its state today."))
        .Append("</section>");

    private string Qr()
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(VerifyAt, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(new System.Drawing.Size(120, 120), sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    private static void Term(StringBuilder html, string term, string text) =>
        html.Append("<div><dt>").Append(E(term)).Append("</dt><dd>").Append(E(text)).Append("</dd></div>");

    private static string P(string style, string text) => style.Length == 0 ? $"<p>{E(text)}</p>" : $"<p class=\"{style}\">{E(text)}</p>";

    /// <summary>Something was to be put right; "closed" beside a conforming criterion would only puzzle.</summary>
    private static bool CanBeOpen(string grade) => grade is "minor" or "major" or "critical";

    /// <summary>"MMR-THA" for a reader who knows countries by name.</summary>
    private static string Corridor(string code) => code.Split('-') is [var from, var to] ? $"{CountryList.Name(from)} to {CountryList.Name(to)}" : code;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Words(string code) => code.Replace('_', ' ');

    private static string T(string language, string key) => TextCatalogue.Text(language, key);

    private static string E(string text) => Encoder.Encode(text);
}

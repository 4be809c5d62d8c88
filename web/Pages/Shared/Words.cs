using System.Globalization;
using Recruitment.Platform;

namespace Recruitment.Web.Pages.Shared;

/// <summary>How the figures and codes of the risk service are said to a reader.</summary>
internal static class Words
{
    /// <summary>The English name.</summary>
    public static string Country(string iso3) => CountryList.Name(iso3);

    /// <summary>An ISIC code as its name, with the code that programs exchange.</summary>
    public static string Sector(string code) => IndustryList.Name(code) is var name && name == code ? code : $"{name} ({code})";

    /// <summary>From where to where people go, with the codes that programs exchange.</summary>
    public static string Corridor(string codes) => codes.Split('-') is [var origin, var destination] ? $"{Country(origin)} to {Country(destination)} ({codes})" : codes;

    public static string Corridors(IEnumerable<string> codes) => string.Join(", ", codes.Select(Corridor));

    /// <summary>A site and who runs it, said once when both have the same name.</summary>
    public static string Place(string site, string supplier, string country) => site == supplier ? Country(country) : $"{supplier}, {Country(country)}";

    /// <summary>An address that may be unknown.</summary>
    public static string Address(string? address, string country) => string.IsNullOrWhiteSpace(address) ? $"Address not known, {Country(country)}" : $"{address}, {Country(country)}";

    /// <summary>How far a figure can be relied on, in words beside the letter of the method.</summary>
    public static string Confidence(string letter) => letter switch
    {
        "A" => "A, checked on site",
        "B" => "B, partly checked",
        "C" => "C, mostly said or estimated",
        "D" => "D, hardly known",
        _ => letter,
    };

    /// <summary>Hundredths as a whole number of 100; the exact points stand in the table of factors.</summary>
    public static string Score(int hundredths) => ((hundredths + 50) / 100).ToString(CultureInfo.InvariantCulture);

    /// <summary>Hundredths with both decimals and a sign, so that the lines can be added up by hand.</summary>
    public static string Points(int hundredths) => (hundredths / 100m).ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture);

    public static string Share(int hundredths) => $"{Score(hundredths)} %";

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Tag(string band) => band switch { "very_high" => "bad", "high" => "warn", "unknown" => "", _ => "info" };

    public static string Bar(string band) => band switch { "very_high" => "bar bad", "high" => "bar warn", _ => "bar" };

    public static string Severity(int severity) => severity switch { 5 => "gravest", 4 => "grave", 3 => "serious", 2 => "moderate", _ => "minor" };

    /// <summary>What moved a figure; several causes that cannot be told apart are joined by +.</summary>
    public static string Causes(string causes) => string.Join("; ", causes.Split('+').Select(Cause));

    private static string Cause(string cause) => cause switch
    {
        "site" => "Facts about the site",
        "self_assessment" => "The supplier's answers",
        "recruiter_declared" => "A recruiter declared or ended",
        "accreditation" => "A recruiter's accreditation",
        "audit_findings" => "Audit findings",
        "daily_edition" => "A new day: evidence ages, published facts and peers are read again",
        _ => cause.Replace('_', ' '),
    };

    public static string Basis(string basis) => basis switch
    {
        "published" => "published fact",
        "self_declared" => "said by the supplier, not checked",
        "document" => "document checked",
        "recruiter_audit" => "audit of the recruiter, not of this site",
        "declared_link" => "declared recruiters and the public register",
        "imputed" => "not known: filled in",
        "method" => "rule of the method",
        _ => basis.Replace('_', ' '),
    };

    /// <summary>A grade, an answer, or the state of an assessment or a report, as people say it.</summary>
    public static string Plain(string code) => code switch
    {
        "not" => "no",
        "not_applicable" => "does not apply",
        "superseded" => "replaced",
        "audit_assigned" => "audit under way",
        _ => code.Replace('_', ' '),
    };

    /// <summary>An answer of the self-assessment, as the recruiter chooses it.</summary>
    public static string Answer(string code) => code switch
    {
        "conform" => "Yes, we do this",
        "partly" => "Partly",
        "not" => "No",
        "not_applicable" => "Does not apply",
        _ => code,
    };

    /// <summary>The reason of a step as the decision maker chose it from the list; what was written freely stays as it is.</summary>
    public static string Reason(string reason) => reason switch
    {
        "system_not_maintained" => "System not kept up",
        "audit_refused" => "Audit refused",
        "mark_misused" => "Status used misleadingly",
        "agreement_broken" => "Agreement not kept",
        "at_own_request" => "At own request",
        "deception" => "Deception",
        "suspension_not_remedied" => "Suspension not remedied",
        "findings_not_closed" => "Findings not put right",
        "restored" => "Status restored",
        _ => reason,
    };

    public static string Status(string status) => status == "none" ? "no accreditation known" : status.Replace('_', ' ');
}

using System.Collections.Frozen;

namespace Recruitment.Register.Wording;

/// <summary>What stands beside every public status. Fixed texts: nobody writes a reason by hand.</summary>
internal static class Wordings
{
    public const string Document = "Statement of assessment";
    public const string Standard = "Assessed against our own standard, informed by the published IRIS principles.";
    public const string Caveat = "Not IRIS certification; not endorsed by IOM. An assessment describes a management system on the days it was looked at; it is not a promise about any job.";
    public const string NoFee = "No one may ask you to pay for a job: not before, not after, not through your wages.";
    public const string NoRecord = "We have no record; that proves nothing. A recruiter may be licensed and unknown to us, or may be using a name like a listed one.";
    public const string Licence = "We hold no licence number or office address for this recruiter. Ask for both and check them with the labour authority of the country.";

    private static readonly FrozenDictionary<string, string> Statuses = new Dictionary<string, string>
    {
        ["granted"] = "Assessment granted",
        ["suspended"] = "Suspended",
        ["withdrawn"] = "Withdrawn",
        ["expired"] = "Expired",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Reasons = new Dictionary<string, string>
    {
        ["system_not_maintained"] = "The management system was not kept up.",
        ["audit_refused"] = "An audit was refused or not made possible.",
        ["mark_misused"] = "The status was used in a misleading way.",
        ["agreement_broken"] = "The assessment agreement was not kept.",
        ["at_own_request"] = "The recruiter asked for it.",
        ["deception"] = "The assessment rested on untrue information.",
        ["suspension_not_remedied"] = "What led to suspension was not put right in time.",
        ["findings_not_closed"] = "Findings were not put right in time.",
        ["suspension_remedied"] = "What led to suspension was put right.",
    }.ToFrozenDictionary();

    public static string Status(string code) => Statuses.GetValueOrDefault(code, "Unknown");

    /// <summary>A code without a text says nothing rather than something made up.</summary>
    public static string? Reason(string? code) => code is null ? null : Reasons.GetValueOrDefault(code);

    internal static IEnumerable<string> All => [Document, Standard, Caveat, NoFee, NoRecord, Licence, .. Statuses.Values, .. Reasons.Values];
}

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

    /// <summary>Only what nobody disputes. A reason against a recruiter stands here when a register of notices, replies and appeals can stand beside it; until then the status speaks alone.</summary>
    private static readonly FrozenDictionary<string, string> Reasons = new Dictionary<string, string>
    {
        ["at_own_request"] = "The recruiter asked for it.",
        ["restored"] = "Restored after suspension.",
        // What a restoring was called before: that anything was put right is recorded nowhere, so it is not said.
        ["suspension_remedied"] = "Restored after suspension.",
    }.ToFrozenDictionary();

    public static string Status(string code) => Statuses.GetValueOrDefault(code, "Unknown");

    /// <summary>What stands where a status was taken away and no reason is published.</summary>
    public const string NoReason = "The reason is not published: the recruiter must be heard first, and no appeal can be recorded here yet. A recruiter who thinks that this is wrong writes to the body that assessed it, and to the operator of this register.";

    /// <summary>A code without a text says nothing rather than something made up.</summary>
    public static string? Reason(string? code) => code is null ? null : Reasons.GetValueOrDefault(code);

    internal static IEnumerable<string> All => [Document, Standard, Caveat, NoFee, NoRecord, Licence, NoReason, .. Statuses.Values, .. Reasons.Values];
}

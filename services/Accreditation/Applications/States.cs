namespace Recruitment.Accreditation.Applications;

/// <summary>Where an application stands. Which of them are public is said by <see cref="States.IsPublic"/>.</summary>
internal enum State
{
    Draft,
    Submitted,
    Deferred,
    Rejected,
    Eligible,
    AuditAssigned,
    ReadyForDecision,
    Refused,
    Granted,
    Suspended,
    Withdrawn,
}

internal static class States
{
    /// <summary>The code used on the wire and in the register.</summary>
    public static string Code(this State state) => state switch
    {
        State.Draft => "draft",
        State.Submitted => "submitted",
        State.Deferred => "deferred",
        State.Rejected => "rejected",
        State.Eligible => "eligible",
        State.AuditAssigned => "audit_assigned",
        State.ReadyForDecision => "ready_for_decision",
        State.Refused => "refused",
        State.Granted => "granted",
        State.Suspended => "suspended",
        State.Withdrawn => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static bool IsPublic(this State state) => state is State.Granted or State.Suspended or State.Withdrawn;

    /// <summary>Nothing is under way any more. A recruiter has one application in any other state, and the database sees to it.</summary>
    public static readonly IReadOnlyList<State> Settled = [State.Rejected, State.Refused, State.Granted, State.Suspended, State.Withdrawn];
}

/// <summary>The closed lists of codes that people choose from.</summary>
internal static class Codes
{
    public static readonly IReadOnlySet<string> Answers = new HashSet<string> { "conform", "partly", "not", "not_applicable" };
    public static readonly IReadOnlySet<string> Grades = new HashSet<string> { "conform", "observation", "minor", "major", "critical", "not_applicable", "not_verified" };

    /// <summary>How well something is shown, weakest first.</summary>
    public static readonly IReadOnlySet<string> EvidenceLevels = new HashSet<string> { "statement", "document", "records", "several_sources" };

    /// <summary>For whoever sent another.</summary>
    public static readonly string EvidenceLevelsAdvice = $"The level of the evidence must be one of: {string.Join(", ", EvidenceLevels)}.";

    /// <summary>Published reasons: codes with fixed texts in the register. Never free text, never a grievance.</summary>
    public static readonly IReadOnlySet<string> SuspensionReasons = new HashSet<string> { "system_not_maintained", "audit_refused", "mark_misused", "agreement_broken", "at_own_request" };
    public static readonly IReadOnlySet<string> WithdrawalReasons = new HashSet<string> { "deception", "suspension_not_remedied", "findings_not_closed", "at_own_request" };
    public static readonly IReadOnlyList<string> ReviewOutcomes = ["eligible", "deferred", "rejected"];
    public static IEnumerable<string> Reasons => SuspensionReasons.Union(WithdrawalReasons);
    public const string RestoredReason = "restored";
}

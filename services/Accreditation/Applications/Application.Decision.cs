using Recruitment.Accreditation.Schemes;
using Recruitment.Contracts.Accreditation;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>The decision and the life of a public status: granted, suspended, restored, withdrawn, over by time.</summary>
internal sealed partial class Application
{
    public DateOnly? DecidedOn { get; private set; }
    public string? DecidedBy { get; private set; }
    public string? Rationale { get; private set; }
    public DateOnly? ValidFrom { get; private set; }
    public DateOnly? ValidTo { get; private set; }
    public DateOnly? SurveillanceDueOn { get; private set; }
    public DateOnly? SuspendedUntil { get; private set; }
    public JobseekerPlan? JobseekerPlan { get; private set; }
    /// <summary>Whose decision makers keep the public status, when that is no longer the body that audited.</summary>
    public Guid? StatusBodyPartyId { get; private set; }
    /// <summary>The body whose auditor and decision makers are competent now.</summary>
    public Guid? BodyResponsible => StatusBodyPartyId ?? AuditBodyPartyId;
    public List<StatusBody> StatusBodies { get; private init; } = [];

    /// <summary>The code of the reason published for the current status, if it needs one.</summary>
    public string? StatusReason => State is State.Suspended or State.Withdrawn or State.Granted ? History[^1].Reason is { } r && IsPublicReason(r) ? r : null : null;

    /// <summary>Grants or refuses, by somebody who did not audit, on verified and corrected findings.</summary>
    public void Decide(bool grant, string rationale, TimeLimits limits, string by, Guid body, DateTime now)
    {
        Require(State.ReadyForDecision, "A decision follows a closed audit.");
        RequireIndependent(by, body);
        RequireReason(rationale);
        if (grant && Findings.Where(f => f.BlocksGrant).Select(f => f.Criterion).ToList() is { Count: > 0 } blocking)
            throw new BrokenRuleException("findings-block", $"Open major or critical findings, or criteria not verified, stand against a grant: {string.Join(", ", blocking)}.");

        (DecidedOn, DecidedBy, Rationale) = (limits.Calendar.DayOf(now), by, rationale);
        if (grant)
        {
            ValidFrom = DecidedOn;
            ValidTo = limits.Validity(ValidFrom.Value);
            SurveillanceDueOn = limits.Surveillance(ValidFrom.Value);
        }
        Move(grant ? State.Granted : State.Refused, by, now, null);
    }

    /// <summary>Suspends. After a date the decision maker is asked to restore or withdraw; no date does it by itself. The plan says what happens to people already on their way.</summary>
    public void Suspend(string reasonCode, JobseekerPlan? plan, TimeLimits limits, string by, Guid body, DateTime now)
    {
        Require(State.Granted, "Only a granted status is suspended.");
        RequireIndependent(by, body);
        if (!Codes.SuspensionReasons.Contains(reasonCode)) throw new BrokenRuleException("unknown-reason", "Choose a reason for suspension from the list.");
        if (plan is null || !plan.IsComplete)
            throw new BrokenRuleException("jobseeker-plan-missing", "Say what happens to jobseekers in process: money, papers, contracts and travel.");

        JobseekerPlan = plan;
        SuspendedUntil = limits.Suspension(limits.Calendar.DayOf(now));
        Move(State.Suspended, by, now, reasonCode);
    }

    /// <summary>Restores, for a written reason that the recruiter reads: what was put right is said there or nowhere. Published is only that it was restored.</summary>
    public void Restore(string? rationale, string by, Guid body, DateTime now)
    {
        Require(State.Suspended, "Only a suspended status is restored.");
        RequireIndependent(by, body);
        if (Findings.Any(f => f.BlocksGrant)) throw new BrokenRuleException("findings-block", "Open major or critical findings stand against restoring.");

        if (string.IsNullOrWhiteSpace(rationale)) throw new BrokenRuleException("rationale-missing", "Write why the status is restored. The recruiter reads it; that it was restored is all that is published.");

        SuspendedUntil = null;
        Move(State.Granted, by, now, Codes.RestoredReason, rationale);
    }

    public void Withdraw(string reasonCode, string? rationale, string by, Guid body, DateTime now)
    {
        if (State is not (State.Granted or State.Suspended)) throw new BrokenRuleException("wrong-state", "Only a granted or suspended status is withdrawn.");
        RequireIndependent(by, body);
        if (!Codes.WithdrawalReasons.Contains(reasonCode)) throw new BrokenRuleException("unknown-reason", "Choose a reason for withdrawal from the list.");
        // It cannot be taken back, and a code alone would tell the recruiter nothing to answer to.
        if (string.IsNullOrWhiteSpace(rationale)) throw new BrokenRuleException("rationale-missing", "Write why the status is withdrawn. The recruiter reads it; no reason is published, except that it was at own request.");

        Move(State.Withdrawn, by, now, reasonCode, rationale);
    }

    /// <summary>With the step just taken, whether its words stand there, as the rationale or in the plan.</summary>
    public void KeepStepHits(string? kept) => History[^1].KeepHits(kept);

    /// <summary>Another body keeps the status, when the one that does has come to belong to the recruiter's group: without it nobody could suspend or withdraw. Its auditor closes what is open; the former one reads nothing more.</summary>
    public void HandOverStatus(Guid body, bool keptInTheGroup, string reason, string by, DateTime now)
    {
        if (State is not (State.Granted or State.Suspended)) throw new BrokenRuleException("wrong-state", "Only a granted or suspended status is handed over to another audit body.");
        if (!keptInTheGroup) throw new BrokenRuleException("audit-body-independent", "The audit body that keeps this status is independent of the recruiter. It goes on keeping it.");
        RequireReason(reason);

        StatusBodyPartyId = body;
        AuditorSubject = null;
        StatusBodies.Add(new StatusBody { Number = StatusBodies.Count + 1, BodyPartyId = body, By = by, At = now, Reason = reason });
        Version++;
    }

    /// <summary>The status as the public sees it on a day: a grant ends by itself. Null while there is nothing public.</summary>
    public string? PublicStatus(DateOnly today) => State.IsPublic() ? AccreditationChanged.StatusOn(State.Code(), ValidTo, today) : null;

    /// <summary>Its last day is over. Nothing else changes: who reads it by version, here or elsewhere, takes it as newer.</summary>
    public void Expire() => Version++;

    /// <summary>The decision is independent of the audit, of the recruiter, and of everybody who declared a conflict.</summary>
    private void RequireIndependent(string by, Guid body)
    {
        if (AgainstDeciding(by, body) is { } against) throw against;
    }

    /// <summary>What stands against this person's decision, so that it can be said before she tries; null when nothing does.</summary>
    public BrokenRuleException? AgainstDeciding(string by, Guid body)
    {
        if (body != BodyResponsible) return new("other-audit-body", "Another audit body is responsible.");
        if (AgainstWriter(by) is { } wrote) return wrote;
        if (Team.Contains(by)) return new("auditor-decides", "Whoever audited cannot decide. Somebody else must.");
        return Declarations.Any(d => d.AuditorSubject == by && d.HasConflict) ? new("decider-in-conflict", "You declared a conflict here. Somebody else must decide.") : null;
    }

    private static bool IsPublicReason(string reason) =>
        reason == Codes.RestoredReason || Codes.SuspensionReasons.Contains(reason) || Codes.WithdrawalReasons.Contains(reason);
}

/// <summary>Which audit body was given a public status to keep, by whom, when and why. Rows are only ever added.</summary>
internal sealed class StatusBody
{
    public Guid ApplicationId { get; init; }
    public int Number { get; init; }
    public Guid BodyPartyId { get; init; }
    public string By { get; init; } = "";
    public DateTime At { get; init; }
    public string Reason { get; init; } = "";
}

/// <summary>What happens to jobseekers already in process when a recruiter is suspended. Not published.</summary>
internal sealed record JobseekerPlan(string Money, string Papers, string Contracts, string Travel)
{
    public bool IsComplete => new[] { Money, Papers, Contracts, Travel }.All(p => !string.IsNullOrWhiteSpace(p));
}

using Recruitment.Accreditation.Schemes;
using Recruitment.Accreditation.Texts;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>A recruiter's way from draft to a public status and after. Every step is taken by somebody named, at a time, for a reason, and stays in the history.</summary>
/// <remarks>It promises: nothing is granted by somebody who audited, nothing with an open major or critical finding, nothing that was not verified.</remarks>
internal sealed partial class Application
{
    private Application() { }

    public Guid Id { get; private init; }
    public Guid AuditId { get; private set; }
    public Guid RecruiterPartyId { get; private init; }
    public string SchemeCode { get; private init; } = "";
    public string SchemeVersion { get; private init; } = "";
    public List<string> Corridors { get; private set; } = [];
    public List<string> Sectors { get; private set; } = [];
    public State State { get; private set; }
    public int Version { get; private set; }
    public DateTime CreatedAt { get; private init; }
    public DateOnly? DeferredUntil { get; private set; }
    /// <summary>Everybody who wrote for the recruiter here: none of them audits or decides, whomever he belongs to later.</summary>
    public List<string> WroteForRecruiter { get; private set; } = [];
    public List<Answer> Answers { get; private init; } = [];
    public List<Transition> History { get; private init; } = [];

    public static Application Begin(Guid recruiter, Scheme scheme, IReadOnlyList<string> corridors, IReadOnlyList<string> sectors, string by, DateTime now)
    {
        var application = new Application
        {
            Id = Guid.CreateVersion7(), AuditId = Guid.CreateVersion7(), RecruiterPartyId = recruiter,
            SchemeCode = scheme.Code, SchemeVersion = scheme.Version, CreatedAt = now, State = State.Draft, Version = 1, WroteForRecruiter = [by],
        };
        application.SetScope(corridors, sectors);
        application.History.Add(new Transition { Number = 1, From = null, To = State.Draft, By = by, At = now });
        return application;
    }

    /// <summary>Corridors and sectors can change until somebody else works with them.</summary>
    public void ChangeScope(IReadOnlyList<string> corridors, IReadOnlyList<string> sectors, string by)
    {
        RequireOpenToRecruiter();
        SetScope(corridors, sectors);
        Written(by);
    }

    /// <summary>Sets one answer of the self-assessment; saving again replaces it.</summary>
    public void SetAnswer(Scheme scheme, string indicator, string value, string? why, string? note, string by)
    {
        RequireOpenToRecruiter();
        if (scheme.FindIndicator(indicator) is null) throw new BrokenRuleException("unknown-indicator", $"The standard has no indicator {indicator}.");
        if (!Codes.Answers.Contains(value)) throw new BrokenRuleException("unknown-answer", "Answer conform, partly, not or not_applicable.");

        var answer = Answers.SingleOrDefault(a => a.Indicator == indicator);
        if (answer is null) Answers.Add(answer = new Answer { Indicator = indicator });
        answer.Set(value, why, note);
        Written(by);
    }

    /// <summary>What still stands between this application and submission; empty when nothing does.</summary>
    public IReadOnlyList<Missing> MissingForSubmission(Scheme scheme, IReadOnlyCollection<string> withEvidence)
    {
        var missing = new List<Missing>();
        foreach (var indicator in scheme.Indicators)
        {
            var answer = Answers.SingleOrDefault(a => a.Indicator == indicator.Code);
            if (answer is null) missing.Add(new("answer", indicator.Code, "Answer this indicator."));
            else if (answer.Value == "not_applicable" && string.IsNullOrWhiteSpace(answer.Why)) missing.Add(new("why", indicator.Code, "Say why it does not apply."));
            if (indicator.EvidenceRequired && !withEvidence.Contains(indicator.Code)) missing.Add(new("evidence", indicator.Code, "Attach evidence."));
        }
        return missing;
    }

    public void Submit(Scheme scheme, IReadOnlyCollection<string> withEvidence, TimeLimits limits, string by, DateTime now)
    {
        RequireOpenToRecruiter();
        if (MissingForSubmission(scheme, withEvidence).Count > 0) throw new BrokenRuleException("application-incomplete", "Something is still missing. The list says what.");
        if (DeferralIsOver(limits.Calendar.DayOf(now)))
            throw new BrokenRuleException("deferral-over", "The time to send what was missing is over. The scheme manager gives more time, or ends this application; then you may begin another.");

        Written(by);
        Move(State.Submitted, by, now, null);
    }

    public bool DeferralIsOver(DateOnly today) => State == State.Deferred && DeferredUntil < today;

    /// <summary>The scheme manager's review. An eligible application is offered to one audit body.</summary>
    public void Review(string outcome, string reason, Guid? auditBody, TimeLimits limits, string by, DateTime now)
    {
        // What was asked for did not come in time: it is asked for again, or the application ends. Nobody could go on with it else.
        var over = DeferralIsOver(limits.Calendar.DayOf(now));
        if (!over) Require(State.Submitted, "Only a submitted application is reviewed.");
        if (over && outcome == "eligible") throw new BrokenRuleException("deferral-over", "What was missing has not been sent. Defer it anew, which gives the recruiter more time, or reject it.");
        RequireReason(reason);
        switch (outcome)
        {
            case "eligible":
                AuditBodyPartyId = auditBody ?? throw new BrokenRuleException("audit-body-missing", "Name the audit body that is asked.");
                Move(State.Eligible, by, now, reason);
                break;
            case "deferred":
                DeferredUntil = limits.Deferral(limits.Calendar.DayOf(now));
                Move(State.Deferred, by, now, reason);
                break;
            case "rejected":
                Move(State.Rejected, by, now, reason);
                break;
            default:
                throw new BrokenRuleException("unknown-outcome", "The outcome is eligible, deferred or rejected.");
        }
    }

    /// <summary>A file came or went.</summary>
    public void EvidenceChanged(string by)
    {
        RequireOpenToRecruiter();
        Written(by);
    }

    private void Written(string by)
    {
        // A new list: the change of a stored one would not be seen.
        if (!WroteForRecruiter.Contains(by)) WroteForRecruiter = [.. WroteForRecruiter, by];
        Version++;
    }

    private void SetScope(IReadOnlyList<string> corridors, IReadOnlyList<string> sectors)
    {
        Corridors = [.. corridors.Distinct().Order(StringComparer.Ordinal)];
        Sectors = [.. sectors.Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>While the recruiter may still write: answers, scope, evidence.</summary>
    public void RequireOpenToRecruiter()
    {
        if (State is not (State.Draft or State.Deferred)) throw new BrokenRuleException("application-sent", "This application has been sent and cannot be changed now.");
    }

    private void Require(State state, string sentence)
    {
        if (State != state) throw new BrokenRuleException("wrong-state", $"{sentence} It is {State.Code().Replace('_', ' ')}.");
    }

    private static void RequireReason(string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason)) throw new BrokenRuleException("reason-missing", "Give a reason.");
    }

    private void Move(State to, string by, DateTime now, string? reason, string? rationale = null)
    {
        History.Add(new Transition { Number = History.Count + 1, From = State, To = to, By = by, At = now, Reason = reason, Rationale = rationale });
        State = to;
        Version++;
    }
}

/// <summary>One step: from where to where, who, when, why. Rows are only ever added.</summary>
internal sealed class Transition
{
    public Guid ApplicationId { get; init; }
    public int Number { get; init; }
    public State? From { get; init; }
    public State To { get; init; }
    /// <summary>The subject who did it.</summary>
    public string By { get; init; } = "";
    public DateTime At { get; init; }
    public string? Reason { get; init; }
    /// <summary>What was written beside a reason that is a code. Never published.</summary>
    public string? Rationale { get; init; }
    /// <summary>Why places that may point to a person stay in what was written with this step (<see cref="KeptHit"/>).</summary>
    public string? KeptHits { get; private set; }

    /// <summary>Sent back: what was said to the auditor may speak of findings that nobody else reads yet.</summary>
    public bool IsForAuditorAlone => From == State.ReadyForDecision && To == State.AuditAssigned;

    public void KeepHits(string? kept) => KeptHits = kept;
}

/// <summary>The recruiter's own answer to one indicator.</summary>
internal sealed class Answer
{
    public Guid ApplicationId { get; init; }
    public string Indicator { get; init; } = "";
    public string Value { get; private set; } = "";
    public string? Why { get; private set; }
    public string? Note { get; private set; }

    public void Set(string value, string? why, string? note) => (Value, Why, Note) = (value, why, note);
}

internal sealed record Missing(string Kind, string Indicator, string Sentence);

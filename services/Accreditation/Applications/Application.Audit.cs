using System.Globalization;
using System.Linq.Expressions;
using Recruitment.Accreditation.Audits;
using Recruitment.Accreditation.Schemes;
using Recruitment.Accreditation.Texts;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>The audit of an application: who may do it, what was found, when it is closed.</summary>
internal sealed partial class Application
{
    public Guid? AuditBodyPartyId { get; private set; }
    /// <summary>The auditor named now; earlier ones stay on the team list.</summary>
    public string? AuditorSubject { get; private set; }
    public DateOnly? AuditDueOn { get; private set; }
    public DateOnly? AuditedOn { get; private set; }
    public int? InterviewsHeld { get; private set; }
    public string? AuditSummary { get; private set; }
    /// <summary>Why places in the summary that may point to a person stay (<see cref="KeptHit"/>).</summary>
    public string? KeptSummaryHits { get; private set; }
    public List<ConflictDeclaration> Declarations { get; private init; } = [];
    public List<Finding> Findings { get; private init; } = [];
    public List<DroppedAudit> DroppedAudits { get; private init; } = [];

    /// <summary>An auditor is to be named: for an audit, or for the open findings of a status that was handed over. Written so that the database can ask it too.</summary>
    public static readonly Expression<Func<Application, bool>> WantsAuditor = a =>
        a.State == State.Eligible
        || ((a.State == State.Granted || a.State == State.Suspended) && a.AuditorSubject == null
            && a.Findings.Any(f => (f.Grade == "minor" || f.Grade == "major" || f.Grade == "critical") && f.ClosedAt == null));

    private static readonly Func<Application, bool> Wants = WantsAuditor.Compile();

    public bool AuditorIsWanted => Wants(this);

    /// <summary>Not by its day and its summary: an audit sent back keeps them, for the auditor to change.</summary>
    public bool AuditIsClosed => AuditedOn is not null && State != State.AuditAssigned;

    /// <summary>The step that sent the audit back, while it is open again for that.</summary>
    public Transition? SentBack => State == State.AuditAssigned && History.MaxBy(t => t.Number) is { IsForAuditorAlone: true } step ? step : null;

    /// <summary>The audit is not closed, and its day has passed.</summary>
    public bool AuditIsOverdue(DateOnly today) => State == State.AuditAssigned && AuditDueOn < today;

    /// <summary>Everybody who was ever named as auditor: none of them decides, even after a change.</summary>
    public IEnumerable<string> Team => Declarations.Where(d => d.WasNamed).Select(d => d.AuditorSubject);

    /// <summary>Another audit body is asked, while nobody has been named; later only if the body has come to belong to the recruiter's group, and then the audit begins anew.</summary>
    public void AskAuditBody(Guid body, bool askedIsOfTheGroup, string by, DateTime now)
    {
        if (askedIsOfTheGroup && State is (State.AuditAssigned or State.ReadyForDecision))
        {
            DroppedAudits.Add(DroppedAudit.Of(this, now));
            Findings.Clear();
            // Another audit, with its own findings and its own report: the new body neither sees nor replaces what the old one issued.
            AuditId = Guid.CreateVersion7();
            (AuditorSubject, AuditDueOn, AuditedOn, InterviewsHeld, AuditSummary, KeptSummaryHits) = (null, null, null, null, null, null);
            Move(State.Eligible, by, now, "The audit body came to belong to the recruiter's group of owners. Another one is asked, and the audit begins anew.");
        }
        Require(State.Eligible, "The audit body is chosen before an auditor is named.");
        AuditBodyPartyId = body;
        Version++;
    }

    /// <summary>An auditor of the body asked says whether there is a conflict. A later word replaces the earlier one, until he is named.</summary>
    public void DeclareConflict(string auditor, Guid body, bool hasConflict, string statement, string signedAs, DateTime now)
    {
        RequireAuditorWanted("Conflicts are declared before an auditor is named.");
        if (body != BodyResponsible) throw new BrokenRuleException("other-audit-body", "Another audit body was asked.");
        if (AgainstAuditing(auditor) is { } against) throw against;

        var declaration = Declarations.SingleOrDefault(d => d.AuditorSubject == auditor);
        if (declaration is null) Declarations.Add(declaration = new ConflictDeclaration { AuditorSubject = auditor });
        declaration.Sign(body, hasConflict, statement, signedAs, now);
        Version++;
    }

    /// <summary>Names an auditor who has declared to be free of conflict. For the findings of a status handed over the state stays as it is, and so does its history: the last step holds the published reason.</summary>
    public void AssignAuditor(string auditor, DateOnly dueOn, TimeLimits limits, string by, DateTime now)
    {
        RequireAuditorWanted("An auditor is named for an eligible application, or for open findings of a status that was handed over.");
        if (AgainstNaming(auditor) is { } against) throw against;
        if (auditor == by) throw new BrokenRuleException("named-oneself", "Nobody names oneself as auditor.");

        Declarations.Single(d => d.AuditorSubject == auditor).Name();
        AuditorSubject = auditor;
        if (State != State.Eligible)
        {
            Version++;
            return;
        }
        if (dueOn < limits.Calendar.DayOf(now)) throw new BrokenRuleException("due-in-past", "The day by which the audit is due has passed. Choose today or a later day.");
        AuditDueOn = dueOn;
        Move(State.AuditAssigned, by, now, null);
    }

    /// <summary>What stands against naming this auditor, so that only those are offered who can be named; null when nothing does.</summary>
    public BrokenRuleException? AgainstNaming(string auditor)
    {
        var declaration = Declarations.SingleOrDefault(d => d.AuditorSubject == auditor && d.AuditBodyPartyId == BodyResponsible);
        if (declaration is null) return new("no-conflict-declaration", "This auditor has made no conflict declaration yet.");
        return declaration.HasConflict ? new("auditor-in-conflict", "This auditor has declared a conflict. Name somebody else.") : AgainstAuditing(auditor);
    }

    /// <summary>Records or replaces the finding on one criterion while the audit is open.</summary>
    public void RecordFinding(Scheme scheme, string criterion, string grade, string text, string evidenceLevel, string by, DateTime now)
    {
        RequireAuditor(by);
        Require(State.AuditAssigned, "Findings are recorded while the audit is open.");
        if (scheme.FindCriterion(criterion) is null) throw new BrokenRuleException("unknown-criterion", $"The standard has no criterion {criterion}.");
        if (!Codes.Grades.Contains(grade)) throw new BrokenRuleException("unknown-grade", "Choose a grade from the list.");
        if (!Codes.EvidenceLevels.Contains(evidenceLevel)) throw new BrokenRuleException("unknown-evidence-level", Codes.EvidenceLevelsAdvice);

        var finding = Findings.SingleOrDefault(f => f.Criterion == criterion);
        if (finding is null) Findings.Add(finding = new Finding { Criterion = criterion });
        finding.Record(grade, text, evidenceLevel, by, now);
        Version++;
    }

    /// <summary>Ends the audit: every criterion has a finding, which may be that it was not verified.</summary>
    public void CloseAudit(Scheme scheme, DateOnly auditedOn, int? interviewsHeld, string summary, TimeLimits limits, string by, DateTime now)
    {
        RequireAuditor(by);
        Require(State.AuditAssigned, "An open audit is closed once.");
        var without = scheme.Criteria.Select(c => c.Code).Except(Findings.Select(f => f.Criterion)).ToList();
        if (without.Count > 0) throw new BrokenRuleException("findings-missing", $"Record a finding for {string.Join(", ", without)}; \"not verified\" is one.");
        if (auditedOn > limits.Calendar.DayOf(now)) throw new BrokenRuleException("audit-in-future", "The last day of the audit cannot be in the future.");
        // It is printed in a report that others rely on: nobody audited before there was an auditor.
        var named = limits.Calendar.DayOf(History.Last(t => t.From == State.Eligible && t.To == State.AuditAssigned).At);
        if (auditedOn < named)
            throw new BrokenRuleException("audit-before-auditor", $"The last day of the audit cannot be before {named.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, when its auditor was named.");

        (AuditedOn, InterviewsHeld, AuditSummary) = (auditedOn, interviewsHeld, summary);
        Move(State.ReadyForDecision, by, now, null);
    }

    public void KeepSummaryHits(string? kept) => KeptSummaryHits = kept;

    /// <summary>The auditor has seen proof that a finding is put right.</summary>
    public void CloseFinding(string criterion, string proof, string by, DateTime now)
    {
        RequireAuditor(by);
        if (State is not (State.ReadyForDecision or State.Suspended or State.Granted)) throw new BrokenRuleException("wrong-state", "A finding is put right after the audit is closed.");
        var finding = Findings.SingleOrDefault(f => f.Criterion == criterion && f.IsOpen)
            ?? throw new BrokenRuleException("no-open-finding", "There is no open finding on this criterion.");
        RequireReason(proof);

        finding.Close(proof, by, now);
        Version++;
    }

    /// <summary>The decision maker sends the audit back, for instance because something was not verified. What the auditor wrote to close it stays, to be changed.</summary>
    public void ReturnToAuditor(string reason, string by, Guid body, DateTime now)
    {
        Require(State.ReadyForDecision, "Only a closed audit is sent back.");
        RequireIndependent(by, body);
        RequireReason(reason);

        Move(State.AuditAssigned, by, now, reason);
    }

    private void RequireAuditorWanted(string sentence)
    {
        if (!AuditorIsWanted) throw new BrokenRuleException("wrong-state", $"{sentence} It is {State.Code().Replace('_', ' ')}, and none is wanted.");
    }

    /// <summary>Whoever decided has taken a side on the findings: he does not close them as auditor.</summary>
    private BrokenRuleException? AgainstAuditing(string by) => AgainstWriter(by)
        ?? (History.Any(t => t.By == by && t.From is (State.ReadyForDecision or State.Granted or State.Suspended)) ? new("decider-audits", "Whoever decided here does not audit. Somebody else must.") : null);

    private BrokenRuleException? AgainstWriter(string by) =>
        WroteForRecruiter.Contains(by) ? new("wrote-for-recruiter", "Whoever wrote for the recruiter neither audits nor decides. Somebody else must.") : null;

    private void RequireAuditor(string by)
    {
        if (by != AuditorSubject) throw new BrokenRuleException("not-the-auditor", "Only the auditor named for this audit may do this.");
    }
}

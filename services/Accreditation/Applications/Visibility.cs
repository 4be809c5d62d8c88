using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Parties;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>Who may know that an application exists, and who may read all of it. Everything else is 404.</summary>
internal static class Visibility
{
    /// <summary>The recruiter's own; for a scheme manager what was sent; for an auditor what his body is asked about or he audits; for a decision maker what his body decides.</summary>
    public static IQueryable<Application> VisibleTo(this IQueryable<Application> all, Caller caller)
    {
        var (party, subject) = (caller.PartyId, caller.Subject);
        var recruiter = party is not null && caller.Is(Roles.RecruiterUser) && caller.Kind == PartyKinds.Recruiter;
        var schemeManager = caller.Is(Roles.SchemeManager) && caller.Kind == PartyKinds.Operator;
        var auditor = party is not null && caller.Is(Roles.Auditor) && caller.Kind == PartyKinds.AuditBody;
        var decider = party is not null && caller.Is(Roles.DecisionMaker) && caller.Kind == PartyKinds.AuditBody;
        var wanted = all.Where(Application.WantsAuditor).Select(a => a.Id);
        return all.Where(a =>
            (recruiter && a.RecruiterPartyId == party)
            || (schemeManager && a.State != State.Draft)
            || (auditor && (a.StatusBodyPartyId ?? a.AuditBodyPartyId) == party && (a.AuditorSubject == subject || wanted.Contains(a.Id)))
            || (decider && (a.StatusBodyPartyId ?? a.AuditBodyPartyId) == party && (a.State == State.ReadyForDecision || a.State == State.Granted || a.State == State.Refused || a.State == State.Suspended || a.State == State.Withdrawn)));
    }

    /// <summary>Answers, evidence and findings: the recruiter, the auditor named, and the decision maker of the body responsible while nothing stands against her deciding.</summary>
    public static async Task<bool> MayReadAll(this AccreditationDb db, Caller caller, Application application, CancellationToken stop) =>
        (caller.Is(Roles.RecruiterUser) && application.RecruiterPartyId == caller.PartyId) || caller.IsAuditorOf(application)
        || (caller.MayDecide(application) && await db.AgainstDeciding(application, caller, stop) is null);

    public static bool IsAuditorOf(this Caller caller, Application application) =>
        caller.Is(Roles.Auditor) && application.AuditorSubject == caller.Subject && application.BodyResponsible == caller.PartyId;

    public static bool MayDecide(this Caller caller, Application application) =>
        caller.Is(Roles.DecisionMaker) && application.BodyResponsible == caller.PartyId
        && (application.State == State.ReadyForDecision || application.State == State.Refused || application.State.IsPublic());

    /// <summary>With everything its rules look at.</summary>
    public static IQueryable<Application> WithAudit(this IQueryable<Application> all) =>
        all.Include(a => a.History).Include(a => a.Findings).Include(a => a.Declarations).AsSplitQuery();
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Audits;

/// <summary>GET /audits/{audit}/facts (the auditor named, or a decision maker of the body responsible): what a report about a closed audit says. No person is named.</summary>
internal static class GetAuditFacts
{
    /// <remarks>Status: The application's state, for instance ready_for_decision or granted.</remarks>
    /// <remarks>Summary: What the auditor wrote when closing the audit.</remarks>
    /// <remarks>Answers: The recruiter's own answers, counted.</remarks>
    public sealed record Response(
        Guid AuditId, Guid RecruiterPartyId, string RecruiterName, string Country, Guid AuditBodyPartyId, string AuditBodyName, string Kind, string Status,
        string SchemeCode, string SchemeVersion, string SchemeTitle, string SchemeCaveat, IReadOnlyList<string> Corridors, IReadOnlyList<string> Sectors, string Scope,
        DateOnly AuditedOn, string Summary, int? InterviewsHeld, IReadOnlyList<FindingFact> Findings, AnswerSummary Answers, DecisionFact? Decision);

    /// <remarks>Statement: What the auditor wrote.</remarks>
    /// <remarks>Status: open or closed.</remarks>
    public sealed record FindingFact(string Criterion, string Title, string Topic, string Grade, string Statement, string EvidenceLevel, string Status);

    public sealed record AnswerSummary(int Conform, int Partly, int Not, int NotApplicable);

    public sealed record DecisionFact(string Outcome, DateOnly DecidedOn, DateOnly? ValidFrom, DateOnly? ValidTo);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/audits/{audit:guid}/facts", Handle).WithName(nameof(GetAuditFacts)).RequireRoles(Roles.Auditor, Roles.DecisionMaker);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid audit, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).AsNoTracking().WithAudit().Include(a => a.Answers).SingleOrDefaultAsync(a => a.AuditId == audit, stop);
        if (application is null || !await db.MayReadAll(caller, application, stop)) return TypedResults.NotFound();
        // A report speaks in the name of the body that audited: an auditor of the body that keeps the status now closes findings and issues none.
        if (caller.Is(Roles.Auditor) && application.AuditBodyPartyId != caller.PartyId) return TypedResults.NotFound();
        if (!application.AuditIsClosed || application.AuditedOn is not { } auditedOn) throw new BrokenRuleException("audit-not-closed", "The facts of an audit are known when it is closed.");

        var parties = await db.Parties.AsNoTracking().Where(p => p.Id == application.RecruiterPartyId || p.Id == application.AuditBodyPartyId).ToDictionaryAsync(p => p.Id, stop);
        var scheme = catalogue.Of(application.SchemeCode, application.SchemeVersion);
        var recruiter = parties.GetValueOrDefault(application.RecruiterPartyId);
        return TypedResults.Ok(new Response(
            audit, application.RecruiterPartyId, recruiter?.Name ?? "", recruiter?.Country ?? "",
            application.AuditBodyPartyId!.Value, parties.GetValueOrDefault(application.AuditBodyPartyId.Value)?.Name ?? "", "initial_assessment", application.State.Code(),
            scheme.Code, scheme.Version, scheme.Title, scheme.Caveat, application.Corridors, application.Sectors,
            $"Corridors {string.Join(", ", application.Corridors)}; sectors {string.Join(", ", application.Sectors)}",
            auditedOn, application.AuditSummary ?? "", application.InterviewsHeld,
            [.. scheme.Criteria.Join(application.Findings, c => c.Code, f => f.Criterion, (c, f) => new FindingFact(c.Code, c.Title, c.Topic, f.Grade, f.Text, f.EvidenceLevel, f.Status))],
            Count(application), DecisionOf(application)));
    }

    private static AnswerSummary Count(Application application)
    {
        int Of(string value) => application.Answers.Count(a => a.Value == value);
        return new(Of("conform"), Of("partly"), Of("not"), Of("not_applicable"));
    }

    private static DecisionFact? DecisionOf(Application application) => application.DecidedOn is { } on
        ? new(application.ValidFrom is null ? "refused" : "granted", on, application.ValidFrom, application.ValidTo)
        : null;
}

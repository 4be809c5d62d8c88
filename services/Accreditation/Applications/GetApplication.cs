using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Deadlines;
using Recruitment.Accreditation.Parties;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>GET /applications/{id}: as much of it as the caller has to know. An auditor who is only asked sees whose it is and its scope; a scheme manager the answers that were sent, no evidence, no finding text.</summary>
internal static class GetApplication
{
    public sealed record Response
    {
        public required Guid Id { get; init; }
        public required Guid AuditId { get; init; }
        public required int Version { get; init; }
        public required string RecruiterName { get; init; }
        public required string Country { get; init; }
        public required string State { get; init; }
        public string? PublicStatus { get; init; }
        public required string SchemeCode { get; init; }
        public required string SchemeVersion { get; init; }
        public required IReadOnlyList<string> Corridors { get; init; }
        public required IReadOnlyList<string> Sectors { get; init; }
        public string? AuditBodyName { get; init; }
        public DateOnly? DeferredUntil { get; init; }
        /// <summary>What was asked for did not come by the end of that day.</summary>
        public bool DeferralIsOver { get; init; }
        public DateOnly? AuditDueOn { get; init; }
        /// <summary>The audit is not closed, and its day has passed.</summary>
        public required bool AuditIsOverdue { get; init; }
        public DateOnly? AuditedOn { get; init; }
        public DateOnly? DecidedOn { get; init; }
        public DateOnly? ValidFrom { get; init; }
        public DateOnly? ValidTo { get; init; }
        public DateOnly? SurveillanceDueOn { get; init; }
        public DateOnly? SuspendedUntil { get; init; }
        public string? Rationale { get; init; }
        /// <summary>What the last suspension said about jobseekers in process, then and ever after; null when there was none. Never published.</summary>
        public ChangeStatus.Plan? JobseekerPlan { get; init; }
        public string? AuditSummary { get; init; }
        /// <summary>For the auditor, while an audit sent back is open again: why, and what closed it before.</summary>
        public SentBackAudit? SentBack { get; init; }
        /// <summary>Why a decision maker of this body may not decide here, nor read on; null when she may.</summary>
        public string? WhyNotDecide { get; init; }
        /// <summary>For the scheme manager and the auditor named: the body responsible now belongs to the recruiter's group, and another one has to be named.</summary>
        public bool? BodyIsOfTheGroup { get; init; }
        /// <summary>Whether the caller declared on conflicts here, and how.</summary>
        public bool? MyConflict { get; init; }
        /// <summary>An auditor of the body responsible is to declare and be named: for the audit, or for findings still open when the status was handed over.</summary>
        public required bool AuditorIsWanted { get; init; }
        /// <summary>Another body keeps the status than the one that audited: it closes findings and issues no report on that audit.</summary>
        public required bool StatusWasHandedOver { get; init; }
        public IReadOnlyList<AnswerLine> Answers { get; init; } = [];
        public IReadOnlyList<EvidenceLine> Evidence { get; init; } = [];
        public IReadOnlyList<FindingLine> Findings { get; init; } = [];
        public IReadOnlyList<DeclarationLine> Declarations { get; init; } = [];
        public IReadOnlyList<HistoryLine> History { get; init; } = [];
        /// <summary>Days that came, each said once, oldest first.</summary>
        public IReadOnlyList<ReminderLine> Reminders { get; init; } = [];
        public IReadOnlyList<Missing> Missing { get; init; } = [];
    }

    public sealed record SentBackAudit(string Reason, DateTime At, DateOnly? AuditedOn, int? InterviewsHeld, string? Summary);

    public sealed record AnswerLine(string Indicator, [property: OneOf(typeof(Codes), nameof(Codes.Answers))] string Value, string? Why, string? Note);

    /// <remarks>DestroyOn: The day on which the content is destroyed; a decision sets it anew. Description and hash stay.</remarks>
    public sealed record EvidenceLine(Guid Id, string Indicator, string Description, [property: OneOf(typeof(Codes), nameof(Codes.EvidenceLevels))] string Level, string Extension, long Size, string Sha256, DateTime AddedAt, DateOnly? DestroyOn, DateTime? DestroyedAt, DateOnly? DestroyedOn);

    public sealed record FindingLine(string Criterion, [property: OneOf(typeof(Codes), nameof(Codes.Grades))] string Grade, string Text, [property: OneOf(typeof(Codes), nameof(Codes.EvidenceLevels))] string EvidenceLevel, string Status, string? ClosedWith);

    /// <remarks>MayBeNamed: Is of the body responsible, free of conflict, and neither wrote for the recruiter nor decided here.</remarks>
    public sealed record DeclarationLine(string AuditorSubject, string SignedAs, bool HasConflict, string Statement, DateTime At, bool WasNamed, bool MayBeNamed);

    /// <remarks>On: The day on which it was, where the scheme's days are counted. By: Only for those who run the scheme. Rationale: What was written beside a reason that is a code, for the recruiter and the audit body.</remarks>
    public sealed record HistoryLine(int Number, string? From, string To, DateTime At, string? Reason, string? By, string? Rationale, DateOnly On);

    /// <remarks>Day: For validity_ends_soon the last day itself.</remarks>
    public sealed record ReminderLine([property: OneOf(typeof(Deadline), nameof(Deadlines.Deadline.Names))] string Deadline, DateOnly Day, DateTime SaidAt);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/applications/{id:guid}", Handle).WithName(nameof(GetApplication))
            .RequireRoles(Roles.RecruiterUser, Roles.SchemeManager, Roles.Auditor, Roles.DecisionMaker);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(
        Guid id, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, TimeLimits limits, BusinessClock clock, CancellationToken stop)
    {
        var a = await db.Applications.VisibleTo(caller).AsNoTracking().WithAudit().Include(x => x.Answers).SingleOrDefaultAsync(x => x.Id == id, stop);
        if (a is null) return TypedResults.NotFound();

        var today = limits.TodayOf(clock);
        var responsible = a.BodyResponsible;
        var parties = await db.Parties.AsNoTracking().Where(p => p.Id == a.RecruiterPartyId || p.Id == responsible).ToDictionaryAsync(p => p.Id, stop);
        var recruiter = parties.GetValueOrDefault(a.RecruiterPartyId);
        var response = new Response
        {
            Id = a.Id, AuditId = a.AuditId, Version = a.Version, RecruiterName = recruiter?.Name ?? "", Country = recruiter?.Country ?? "", State = a.State.Code(),
            SchemeCode = a.SchemeCode, SchemeVersion = a.SchemeVersion, Corridors = a.Corridors, Sectors = a.Sectors, AuditDueOn = a.AuditDueOn, AuditIsOverdue = a.AuditIsOverdue(today),
            AuditBodyName = responsible is { } body ? parties.GetValueOrDefault(body)?.Name : null,
            MyConflict = a.Declarations.SingleOrDefault(d => d.AuditorSubject == caller.Subject && d.AuditBodyPartyId == responsible)?.HasConflict,
            AuditorIsWanted = a.AuditorIsWanted, StatusWasHandedOver = responsible != a.AuditBodyPartyId,
        };
        if (caller.MayDecide(a)) response = response with { WhyNotDecide = (await db.AgainstDeciding(a, caller, stop))?.Message };
        var (all, scheme) = (await db.MayReadAll(caller, a, stop), caller.Is(Roles.SchemeManager));
        if (!all && !scheme) return TypedResults.Ok(response);

        var ofTheAudit = all && !caller.Is(Roles.RecruiterUser);
        response = response with
        {
            // Eligibility is decided on answers that were sent; while the recruiter writes, also anew, they are his alone.
            Answers = all || a.State is not State.Deferred ? [.. a.Answers.OrderBy(x => x.Indicator, StringComparer.Ordinal).Select(x => new AnswerLine(x.Indicator, x.Value, x.Why, x.Note))] : [],
            PublicStatus = a.PublicStatus(today),
            BodyIsOfTheGroup = (scheme || caller.IsAuditorOf(a)) && responsible is { } asked ? await db.AreOneGroup(asked, a.RecruiterPartyId, stop) : null,
            DeferredUntil = a.DeferredUntil,
            DeferralIsOver = a.DeferralIsOver(today),
            AuditedOn = a.AuditIsClosed ? a.AuditedOn : null,
            DecidedOn = a.DecidedOn,
            ValidFrom = a.ValidFrom,
            ValidTo = a.ValidTo,
            SurveillanceDueOn = a.SurveillanceDueOn,
            SuspendedUntil = a.SuspendedUntil,
            // People's money, papers and travel depend on it: the recruiter carries it out, and whoever runs the scheme sees to it.
            JobseekerPlan = a.JobseekerPlan is { } plan ? new(plan.Money, plan.Papers, plan.Contracts, plan.Travel) : null,
            History = [.. a.History.OrderBy(t => t.Number).Select(t => new HistoryLine(t.Number, t.From?.Code(), t.To.Code(), t.At, t.IsForAuditorAlone && !ofTheAudit ? null : t.Reason, scheme ? t.By : null, all ? t.Rationale : null, limits.Calendar.DayOf(t.At)))],
            Reminders = await db.Reminders.AsNoTracking().Where(r => r.ApplicationId == id).OrderBy(r => r.SaidAt).ThenBy(r => r.Deadline)
                .Select(r => new ReminderLine(r.Deadline, r.Day, r.SaidAt)).ToListAsync(stop),
            Declarations = scheme ? [.. a.Declarations.OrderBy(d => d.At).Select(d => new DeclarationLine(d.AuditorSubject, d.SignedAs, d.HasConflict, d.Statement, d.At, d.WasNamed, a.AgainstNaming(d.AuditorSubject) is null))] : [],
        };
        if (!all) return TypedResults.Ok(response);

        var evidence = await db.Evidence.AsNoTracking().Where(e => e.ApplicationId == id).OrderBy(e => e.Id).ToListAsync(stop);
        // The recruiter reads findings when the audit is closed, not while they are being written.
        var findings = a.AuditIsClosed || ofTheAudit ? a.Findings : [];
        return TypedResults.Ok(response with
        {
            Rationale = a.Rationale,
            AuditSummary = a.AuditIsClosed ? a.AuditSummary : null,
            SentBack = ofTheAudit && a.SentBack is { } sent ? new(sent.Reason ?? "", sent.At, a.AuditedOn, a.InterviewsHeld, a.AuditSummary) : null,
            Evidence = [.. evidence.Select(e => new EvidenceLine(e.Id, e.Indicator, e.Description, e.Level, e.Extension, e.Size, e.Sha256, e.AddedAt, e.DestroyOn, e.DestroyedAt, e.DestroyedAt is { } gone ? limits.Calendar.DayOf(gone) : null))],
            Findings = [.. findings.OrderBy(f => f.Criterion, StringComparer.Ordinal).Select(f => new FindingLine(f.Criterion, f.Grade, f.Text, f.EvidenceLevel, f.Status, f.ClosedWith))],
            Missing = a.State is State.Draft or State.Deferred
                ? a.MissingForSubmission(catalogue.Of(a.SchemeCode, a.SchemeVersion), evidence.Where(e => e.DestroyedAt is null).Select(e => e.Indicator).ToHashSet()) : [],
        });
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Parties;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>GET /applications (recruiter, scheme manager, auditor, decision maker): those the caller has to do with, the most urgent first.</summary>
internal static class ListApplications
{
    /// <remarks>MyTask: What the caller can do now: declare_conflict, audit, close_findings, decide, end_suspension, review, assign, audit_overdue (not closed by its day: ask the audit body), name_another_body (the one responsible belongs to the recruiter's group now), answer, or none.</remarks>
    /// <remarks>SentBack: For the auditor whose audit was sent back, why.</remarks>
    /// <remarks>AuditIsOverdue: The audit is not closed, and its day has passed.</remarks>
    /// <remarks>BegunOn: When the recruiter began it; tells apart those of one recruiter.</remarks>
    /// <remarks>PublicStatus: granted, suspended, withdrawn or expired today; null while nothing is public.</remarks>
    public sealed record Line(
        Guid Id, Guid AuditId, Guid RecruiterPartyId, string RecruiterName, string Country, string State, IReadOnlyList<string> Corridors,
        DateOnly? AuditDueOn, DateOnly? AuditedOn, int Answered, int Indicators, string MyTask, string? PublicStatus, DateOnly? SuspendedUntil, bool StatusWasHandedOver, bool AuditIsOverdue, string? SentBack, DateOnly BegunOn);

    /// <remarks>Next: Send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Line> Items, string? Next);

    private const int PageSize = 100;
    private const string Day = "yyyyMMdd";

    /// <summary>After everything that has a day.</summary>
    private static readonly DateOnly NotDue = new(9999, 1, 1);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/applications", Handle).WithName(nameof(ListApplications)).RequireRoles(Roles.RecruiterUser, Roles.SchemeManager, Roles.Auditor, Roles.DecisionMaker);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Caller caller, AccreditationDb db, SchemeCatalogue catalogue, TimeLimits limits, BusinessClock clock, CancellationToken stop, string? cursor = null)
    {
        if (!TryRead(cursor, out var after)) return Problems.UnknownCursor();

        var today = limits.TodayOf(clock);
        var visible = db.Applications.VisibleTo(caller).AsNoTracking();
        // A recruiter alone has no task that its audit body's owners change.
        var ofTheGroup = caller.Is(Roles.SchemeManager) || caller.Is(Roles.Auditor) || caller.Is(Roles.DecisionMaker) ? await db.WithBodyOfTheGroup(visible, stop) : [];
        var all = WithTask(visible, caller, ofTheGroup, today);
        if (after is var (none, due, id))
            all = all.Where(r => (!none && r.Task == "none") || ((r.Task == "none") == none && (r.Due > due || (r.Due == due && r.Application.Id.CompareTo(id) > 0))));
        var found = await all.OrderBy(r => r.Task == "none").ThenBy(r => r.Due).ThenBy(r => r.Application.Id).Take(PageSize + 1).ToListAsync(stop);
        var page = found.Take(PageSize).ToList();
        var ids = page.Select(r => r.Application.RecruiterPartyId).ToHashSet();
        var names = await db.Parties.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, stop);
        var lines = page.Select(r =>
        {
            var (a, party) = (r.Application, names.GetValueOrDefault(r.Application.RecruiterPartyId));
            return new Line(a.Id, a.AuditId, a.RecruiterPartyId, party?.Name ?? "", party?.Country ?? "", a.State.Code(), a.Corridors, a.AuditDueOn, a.AuditIsClosed ? a.AuditedOn : null,
                r.Answered, catalogue.Of(a.SchemeCode, a.SchemeVersion).Indicators.Count(), r.Task, a.PublicStatus(today), a.SuspendedUntil, a.BodyResponsible != a.AuditBodyPartyId,
                a.AuditIsOverdue(today), r.Task == "audit" ? r.SentBack : null, limits.Calendar.DayOf(a.CreatedAt));
        });
        return TypedResults.Ok(new Response([.. lines], found.Count > PageSize ? Cursor(page[^1]) : null));
    }

    /// <summary>What waits for the caller, found by the database: whoever has more than a page of applications sees what is urgent on the first.</summary>
    private static IQueryable<Ranked> WithTask(IQueryable<Application> all, Caller caller, IReadOnlyList<Guid> ofTheGroup, DateOnly today)
    {
        var (subject, party) = (caller.Subject, caller.PartyId);
        var (recruiter, manager, auditor, decider) = (caller.Is(Roles.RecruiterUser), caller.Is(Roles.SchemeManager), caller.Is(Roles.Auditor), caller.Is(Roles.DecisionMaker));
        // Of a status that ended by its last day nothing is put right any more.
        var wanted = all.Where(Application.WantsAuditor).Where(a => a.ValidTo == null || a.ValidTo >= today).Select(a => a.Id);
        return all.Select(a => new Ranked
        {
            Application = a,
            Answered = a.Answers.Count,
            // Of the last step that opened the audit: naming an auditor says nothing, sending back says why.
            SentBack = a.History.Where(t => t.To == State.AuditAssigned).OrderByDescending(t => t.Number).Select(t => t.From == State.ReadyForDecision ? t.Reason : null).FirstOrDefault(),
            Due = (a.State == State.Suspended ? a.SuspendedUntil : a.State == State.Deferred ? a.DeferredUntil : a.AuditDueOn) ?? NotDue,
            Task =
                recruiter && (a.State == State.Draft || a.State == State.Deferred) ? "answer"
                : manager && (a.State == State.Submitted || (a.State == State.Deferred && a.DeferredUntil < today)) ? "review"
                // Whatever else the body responsible had to do here is refused: first another one is named.
                : manager && ofTheGroup.Contains(a.Id) && (a.State == State.Eligible || a.State == State.AuditAssigned || a.State == State.ReadyForDecision
                    || ((a.State == State.Granted || a.State == State.Suspended) && a.ValidTo >= today)) ? "name_another_body"
                : !manager && ofTheGroup.Contains(a.Id) ? "none"
                : manager && wanted.Contains(a.Id) ? "assign"
                : manager && a.State == State.AuditAssigned && a.AuditDueOn < today ? "audit_overdue"
                : auditor && wanted.Contains(a.Id) && !a.WroteForRecruiter.Contains(subject) && a.Declarations.All(d => d.AuditorSubject != subject || d.AuditBodyPartyId != party)
                    && !a.History.Any(t => t.By == subject && (t.From == State.ReadyForDecision || t.From == State.Granted || t.From == State.Suspended)) ? "declare_conflict"
                : auditor && a.State == State.AuditAssigned && a.AuditorSubject == subject && a.AuditBodyPartyId == party ? "audit"
                : auditor && (a.State == State.ReadyForDecision || ((a.State == State.Granted || a.State == State.Suspended) && a.ValidTo >= today)) && a.AuditorSubject == subject && (a.StatusBodyPartyId ?? a.AuditBodyPartyId) == party
                    // Before the decision only what stands against a grant: a minor finding may be put right after it.
                    && a.Findings.Any(f => ((f.Grade == "minor" && a.State != State.ReadyForDecision) || f.Grade == "major" || f.Grade == "critical") && f.ClosedAt == null) ? "close_findings"
                : decider && (a.StatusBodyPartyId ?? a.AuditBodyPartyId) == party && !a.WroteForRecruiter.Contains(subject)
                    && !a.Declarations.Any(d => d.AuditorSubject == subject && (d.WasNamed || d.HasConflict))
                    ? a.State == State.ReadyForDecision ? "decide" : a.State == State.Suspended && a.SuspendedUntil < today && a.ValidTo >= today ? "end_suspension" : "none"
                : "none",
        });
    }

    private static string Cursor(Ranked last) => $"{(last.Task == "none" ? 1 : 0)}{last.Due.ToString(Day, CultureInfo.InvariantCulture)}{last.Application.Id:N}";

    private static bool TryRead(string? cursor, out (bool None, DateOnly Due, Guid Id)? after)
    {
        after = null;
        if (string.IsNullOrEmpty(cursor)) return true;
        if (cursor.Length != 41 || cursor[0] is not ('0' or '1')) return false;
        if (!DateOnly.TryParseExact(cursor.AsSpan(1, 8), Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var due) || !Guid.TryParseExact(cursor[9..], "N", out var id)) return false;
        after = (cursor[0] == '1', due, id);
        return true;
    }

    private sealed class Ranked
    {
        public required Application Application { get; init; }
        public required int Answered { get; init; }
        public required string? SentBack { get; init; }
        public required DateOnly Due { get; init; }
        public required string Task { get; init; }
    }
}

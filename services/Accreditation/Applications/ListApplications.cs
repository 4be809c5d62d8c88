using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>GET /applications (recruiter, scheme manager, auditor, decision maker): those the caller has to do with, the most urgent first.</summary>
internal static class ListApplications
{
    /// <remarks>MyTask: What the caller can do now: declare_conflict, audit, decide, review, assign, answer, or none.</remarks>
    public sealed record Line(
        Guid Id, Guid AuditId, Guid RecruiterPartyId, string RecruiterName, string Country, string State, IReadOnlyList<string> Corridors,
        DateOnly? AuditDueOn, DateOnly? AuditedOn, int Answered, int Indicators, string MyTask);

    /// <remarks>Next: Send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Line> Items, string? Next);

    private const int PageSize = 100;

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/applications", Handle).WithName(nameof(ListApplications)).RequireRoles(Roles.RecruiterUser, Roles.SchemeManager, Roles.Auditor, Roles.DecisionMaker);

    private static async Task<Ok<Response>> Handle(Caller caller, AccreditationDb db, SchemeCatalogue catalogue, CancellationToken stop, Guid? cursor = null)
    {
        var found = await db.Applications.VisibleTo(caller).AsNoTracking().Where(a => cursor == null || a.Id.CompareTo(cursor.Value) > 0)
            .OrderBy(a => a.Id).Take(PageSize + 1).Include(a => a.Answers).Include(a => a.Declarations).AsSplitQuery().ToListAsync(stop);
        var page = found.Take(PageSize).ToList();
        var ids = page.Select(a => a.RecruiterPartyId).ToHashSet();
        var names = await db.Parties.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, stop);
        var lines = page.Select(a =>
        {
            var party = names.GetValueOrDefault(a.RecruiterPartyId);
            return new Line(a.Id, a.AuditId, a.RecruiterPartyId, party?.Name ?? "", party?.Country ?? "", a.State.Code(), a.Corridors, a.AuditDueOn, a.AuditedOn,
                a.Answers.Count, catalogue.Of(a.SchemeCode, a.SchemeVersion).Indicators.Count(), TaskOf(a, caller));
        });
        return TypedResults.Ok(new Response([.. lines.OrderBy(l => l.MyTask == "none").ThenBy(l => l.AuditDueOn ?? DateOnly.MaxValue).ThenBy(l => l.Id)],
            found.Count > PageSize ? page[^1].Id.ToString() : null));
    }

    private static string TaskOf(Application a, Caller caller) => a.State switch
    {
        State.Draft or State.Deferred when caller.Is(Roles.RecruiterUser) => "answer",
        State.Submitted when caller.Is(Roles.SchemeManager) => "review",
        State.Eligible when caller.Is(Roles.SchemeManager) => "assign",
        State.Eligible when caller.Is(Roles.Auditor) && a.Declarations.All(d => d.AuditorSubject != caller.Subject) => "declare_conflict",
        State.AuditAssigned when caller.IsAuditorOf(a) => "audit",
        State.ReadyForDecision when caller.MayDecide(a) && !a.Team.Contains(caller.Subject) => "decide",
        _ => "none",
    };
}

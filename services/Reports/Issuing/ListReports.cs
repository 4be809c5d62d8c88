using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Reports.Issuing;

/// <summary>GET /api/v1/reports: an audit body's own reports, or those about the asking recruiter; newest first.</summary>
internal static class ListReports
{
    /// <remarks>Languages: those that are printed; English is always one.</remarks>
    public sealed record Item(
        Guid Id, string Number, Guid AuditId, Guid SubjectPartyId, string SubjectName, string IssuerName, DateOnly IssuedOn,
        IReadOnlyList<string> Languages, string Status, string? StatusReason, string? SupersededBy, int Version);

    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    internal const int PageSize = 100;

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/", Handle).WithName(nameof(ListReports)).RequireRoles(Roles.Auditor, Roles.RecruiterUser);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Caller caller, ReportsDb db, CancellationToken stop, Guid? audit = null, Guid? cursor = null)
    {
        var visible = db.Reports.AsNoTracking().VisibleTo(caller);
        if (audit is not null) visible = visible.Where(r => r.AuditId == audit);
        var last = cursor is null ? null : await visible.Where(r => r.Id == cursor).Select(r => new { r.IssuedAt, r.Id }).SingleOrDefaultAsync(stop);
        if (cursor is not null && last is null) return Problems.UnknownCursor();
        if (last is not null) visible = visible.Where(r => r.IssuedAt < last.IssuedAt || (r.IssuedAt == last.IssuedAt && r.Id.CompareTo(last.Id) > 0));
        var reports = await visible.OrderByDescending(r => r.IssuedAt).ThenBy(r => r.Id).Take(PageSize + 1).ToListAsync(stop);
        return TypedResults.Ok(new Response([.. reports.Take(PageSize).Select(r => new Item(
            r.Id, r.Number, r.AuditId, r.SubjectPartyId, r.SubjectName, r.IssuerName, r.IssuedOn,
            Drafts.Printed(r.Languages.Split(',')), r.StatusCode, r.StatusReason, r.SupersededBy, r.Version))],
            reports.Count > PageSize ? reports[PageSize - 1].Id : null));
    }

    /// <summary>A report belongs to the body that issued it and to the recruiter it is about; for everyone else it is not there.</summary>
    public static IQueryable<Report> VisibleTo(this IQueryable<Report> reports, Caller caller)
    {
        var party = caller.Party;
        var asAuditor = caller.Is(Roles.Auditor);
        var asSubject = caller.Is(Roles.RecruiterUser);
        return reports.Where(r => (asAuditor && r.IssuerPartyId == party) || (asSubject && r.SubjectPartyId == party));
    }
}

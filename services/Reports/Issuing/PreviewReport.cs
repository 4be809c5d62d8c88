using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Recruitment.Platform;

namespace Recruitment.Reports.Issuing;

/// <summary>POST /api/v1/reports/drafts: an auditor sees a report before issuing it, and what in it may point to a person. Nothing is saved.</summary>
internal static class PreviewReport
{
    public sealed record Request(Guid AuditId, [property: Required(ErrorMessage = IssueReport.NoLanguage), Length(1, 6, ErrorMessage = IssueReport.NoLanguage)] IReadOnlyList<string> Languages, IReadOnlyList<Resolution>? Resolutions = null);

    /// <remarks>IsDecided: false while nothing is decided on the audit: the draft can be read, and nothing is issued yet.</remarks>
    public sealed record Response(string SubjectName, string Html, IReadOnlyList<ScanHit> Hits, IReadOnlyList<string> Unresolved, bool IsDecided);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/drafts", Handle).WithName(nameof(PreviewReport)).RequireRoles(Roles.Auditor);

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(Request request, Caller caller, Drafts drafts, BusinessClock clock, CancellationToken stop)
    {
        if (request.Languages.FirstOrDefault(l => !TextCatalogue.Has(l)) is not null) return IssueReport.UnknownLanguage();

        var draft = await drafts.Read(request.AuditId, request.Resolutions ?? [], caller, stop);
        if (draft is null) return TypedResults.NotFound();

        var html = drafts.Document(draft, request.Languages, new("R-0000-DRA-FTD-RAF", "NOT ISSUED"), clock.Today).Html();
        return TypedResults.Ok(new Response(draft.Facts.RecruiterName, html, draft.Hits, [.. draft.Open.Select(h => h.Id)], draft.Facts.Decision is not null));
    }
}

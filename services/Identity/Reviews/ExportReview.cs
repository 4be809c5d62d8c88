using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.Reviews;

/// <summary>GET /api/v1/identity/organisations/{party}/reviews/{review}/export: a finished review as a table: who was decided on, how, by whom and when. One that is not finished is not found. Owners of it and administrators.</summary>
internal static class ExportReview
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/organisations/{party:guid}/reviews/{review:guid}/export", Handle).WithName(nameof(ExportReview)).WithFileAnswer("text/csv").RequireRoles(Managing.By).RequireFreshSignIn();

    private static async Task<Results<FileContentHttpResult, NotFound>> Handle(Guid party, Guid review, Caller caller, IdentityDb db, BusinessClock clock, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (!await caller.Manages(party, db, now, stop) || await GetReview.Read(party, review, caller, db, clock, now, stop) is not { ClosedAt: not null } found) return TypedResults.NotFound();

        var table = new StringBuilder("who,role,decision,decided_by,decided_at\r\n");
        foreach (var line in found.Lines)
            table.AppendJoin(',', new[] { line.Who, line.Role, line.Decision, line.DecidedBy, line.DecidedAt?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) }.Select(CsvCell.Of)).Append("\r\n");
        return TypedResults.File(Encoding.UTF8.GetBytes(table.ToString()), "text/csv; charset=utf-8", "review-of-access.csv");
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Reports.Issuing;

namespace Recruitment.Reports.Verification;

/// <summary>GET /api/v1/reports/verifications/{number}: what stands behind a number printed on paper; with the check code, whether that belongs to it.</summary>
internal static class VerifyNumber
{
    /// <summary>Whether the check code matches is null when none was given.</summary>
    public sealed record Response(string Sentence, DateOnly AsOf, PublicReport Report, bool? CheckCodeMatches);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/verifications/{number}", Handle).WithName(nameof(VerifyNumber)).AllowAnonymous();

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(string number, string? code, ReportsDb db, BusinessClock clock, CancellationToken stop)
    {
        if (ReportNumber.Read(number) is not { } read)
            return Problems.Bad("not-a-number", "This is not one of our report numbers. They look like R-2026-ABC-DEF-GHJ; check it against the paper.");

        await using var shown = await db.ShowHeld([read], stop);
        var report = await db.Reports.AsNoTracking().SingleOrDefaultAsync(r => r.Number == read, stop);
        if (report is null)
            return Problems.Of(StatusCodes.Status404NotFound, "no-record",
                string.Create(CultureInfo.InvariantCulture, $"We have no record of report {read} on {clock.Today:yyyy-MM-dd}. That proves nothing about what it says; it was not issued here."));

        bool? matches = code is null ? null : CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(ReportNumber.ReadCheckCode(code)), Encoding.UTF8.GetBytes(report.CheckCode));
        return TypedResults.Ok(new Response(PublicReport.Sentence(report), clock.Today, PublicReport.Of(report), matches));
    }
}

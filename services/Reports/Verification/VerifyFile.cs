using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Reports.Issuing;

namespace Recruitment.Reports.Verification;

/// <summary>POST /api/v1/reports/verifications: a stranger hands in a file (as the body itself) and hears whether it is one of ours, unaltered. It is hashed as it passes and never kept.</summary>
internal static class VerifyFile
{
    /// <summary>The answer is genuine, superseded, revoked, altered or unknown; the sentence says it as a dated fact; the hash is that of the file handed in.</summary>
    public sealed record Response(string Answer, string Sentence, string Sha256, DateOnly AsOf, PublicReport? Report);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/verifications", Handle).WithName(nameof(VerifyFile)).WithBodyLimit(SizeLimits.Verification).AllowAnonymous()
            .Accepts<IFormFile>("application/pdf", "application/octet-stream");

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(HttpRequest request, ReportsDb db, BusinessClock clock, CancellationToken stop)
    {
        if (request.ContentLength > SizeLimits.Verification) return TooLarge();
        var (length, sha256, traces) = await Read(request.Body, stop);
        if (length > SizeLimits.Verification) return TooLarge();
        if (length == 0) return Problems.Bad("no-file", "The file is empty. Choose the PDF as it was given to you; a program sends it as the body of the request.");

        await using var shown = await db.ShowHeld([sha256, traces.SignatureSha256, traces.Number], stop);
        var same = await db.Reports.AsNoTracking().SingleOrDefaultAsync(r => r.Sha256 == sha256, stop);
        if (same is not null)
        {
            var answer = same.Status == ReportStatus.Issued ? "genuine" : same.StatusCode;
            return TypedResults.Ok(new Response(answer, PublicReport.Sentence(same), sha256, clock.Today, PublicReport.Of(same)));
        }

        var claimed = await db.Reports.AsNoTracking()
            .Where(r => (traces.SignatureSha256 != null && r.SignatureSha256 == traces.SignatureSha256) || (traces.Number != null && r.Number == traces.Number))
            .OrderBy(r => r.Number).FirstOrDefaultAsync(stop);
        return TypedResults.Ok(claimed is null
            ? new Response("unknown", "We have no record of this file. That proves nothing about what it says; it is not a file that was issued here.", sha256, clock.Today, null)
            : new Response("altered", $"This file carries the marks of report {claimed.Number}, but it is not the file that was issued. Do not rely on it; ask whoever gave it to you for the original.", sha256, clock.Today, PublicReport.Of(claimed)));
    }

    private static async Task<(long Length, string Sha256, FileTraces Traces)> Read(Stream body, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var traces = new FileTraces();
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        long length = 0;
        try
        {
            int read;
            while (length <= SizeLimits.Verification && (read = await body.ReadAsync(buffer, stop)) > 0)
            {
                length += read;
                hash.AppendData(buffer, 0, read);
                traces.Read(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()), traces);
    }

    private static ProblemHttpResult TooLarge() =>
        Problems.TooLarge("file-too-large", $"A file to verify may have {SizeLimits.Verification >> 20} MB. Our reports are far smaller: this is not one of them.");
}

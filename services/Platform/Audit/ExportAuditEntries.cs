using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>GET /audit/export: the same entries as one file, oldest first: CSV, or with <c>format=jsonl</c> a line of JSON for each, from which the chain can be made again. Owner of an organisation; administrator.</summary>
internal static class ExportAuditEntries
{
    private static readonly string[] Headings = ["Id", "At", "Epoch", "Who", "Party", "Session", "What", "About", "Outcome", "Sequence", "Previous", "Hash"];

    public static void Map(RouteGroupBuilder group, string service) =>
        group.MapGet("/export", Handle).WithName($"{service}{nameof(ExportAuditEntries)}").WithFileAnswer("text/csv").Audited().RequireFreshSignIn();

    private static Results<PushStreamHttpResult, ProblemHttpResult> Handle(
        DatabaseAsked own, CancellationToken stop, string format = "csv", DateOnly? from = null, DateOnly? to = null, string? who = null, string? what = null, Guid? party = null, bool refused = false)
    {
        var found = new AuditFilter(from, to, who, what, party, refused).In(own.Db).OrderBy(e => e.Party).ThenBy(e => e.Sequence == null).ThenBy(e => e.Sequence).ThenBy(e => e.At).ThenBy(e => e.Id);
        return format switch
        {
            "csv" => TypedResults.Stream(body => Csv(found, body, stop), "text/csv; charset=utf-8", "audit-trail.csv"),
            "jsonl" => TypedResults.Stream(body => Lines(found, body, stop), "application/jsonl", "audit-trail.jsonl"),
            _ => Problems.Bad("unknown-format", "format is csv or jsonl."),
        };
    }

    private static async Task Csv(IQueryable<AuditEntry> found, Stream body, CancellationToken stop)
    {
        // The byte order mark makes spreadsheets read it as UTF-8.
        await using var text = new StreamWriter(body, new UTF8Encoding(true), leaveOpen: true);
        await text.WriteAsync(string.Join(',', Headings) + "\r\n");
        await foreach (var entry in found.AsAsyncEnumerable().WithCancellation(stop)) await text.WriteAsync(string.Join(',', Cells(entry).Select(CsvCell.Of)) + "\r\n");
    }

    private static async Task Lines(IQueryable<AuditEntry> found, Stream body, CancellationToken stop)
    {
        await using var text = new StreamWriter(body, new UTF8Encoding(false), leaveOpen: true);
        await foreach (var entry in found.AsAsyncEnumerable().WithCancellation(stop))
            await text.WriteAsync(JsonSerializer.Serialize(Headings.Zip(Cells(entry)).ToDictionary(c => JsonNamingPolicy.CamelCase.ConvertName(c.First), c => c.Second)) + "\n");
    }

    private static IReadOnlyList<string?> Cells(AuditEntry entry) =>
    [
        $"{entry.Id}", entry.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), entry.Epoch.ToString(CultureInfo.InvariantCulture), entry.Who,
        entry.Party == Guid.Empty ? null : $"{entry.Party}", entry.Session, entry.What, entry.About, entry.Outcome,
        entry.Sequence?.ToString(CultureInfo.InvariantCulture), Hex(entry.Previous), Hex(entry.Hash),
    ];

    private static string? Hex(byte[]? hash) => hash is null ? null : Convert.ToHexStringLower(hash);
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Recruitment.Web.Clients;

/// <summary>The reports service, as the signed-in person; verification as nobody.</summary>
public sealed class ReportsClient(HttpClient http)
{
    public sealed record Report(
        Guid Id, string Number, Guid AuditId, string SubjectName, string IssuerName, DateOnly IssuedOn, IReadOnlyList<string> Languages, string Status, string? StatusReason, string? SupersededBy);

    public sealed record Hit(string Id, string Kind, string Where, string Text);

    public sealed record Draft(string SubjectName, string Html, IReadOnlyList<Hit> Hits, IReadOnlyList<string> Unresolved, bool IsDecided = true);

    public sealed record Resolution(string Hit, string Action, string? Reason);

    public sealed record Issued(Guid Id, string Number);

    public sealed record PublicReport(
        string Number, Guid SubjectPartyId, string SubjectName, string IssuerName, DateOnly IssuedOn, string Sha256, string Status, DateOnly StatusOn, string? SupersededBy, bool IsDemonstration, string? SubjectCountry = null);

    public sealed record Verification(string? Answer, string Sentence, DateOnly AsOf, PublicReport? Report, bool? CheckCodeMatches, string? Sha256);

    /// <summary>An answer, or the sentence of the problem.</summary>
    public sealed record Outcome<T>(T? Value, string? Problem, string? Code = null)
        where T : class;

    /// <summary>What is said while the service does not answer, and the code by which a page knows it.</summary>
    public const string Away = "The place where reports are kept does not answer at the moment, so nothing was looked up. Try again in a minute.", AwayCode = "urn:recruitment:reports-away";

    public sealed record PdfFile(byte[] Content, string Name);

    public sealed record Listed(IReadOnlyList<Report> Items, Guid? Next);

    /// <param name="cursor">The end of the page before; one that is no cursor of this organisation's begins again.</param>
    /// <param name="stop">Nobody waits any more.</param>
    public async Task<Listed> List(Guid? cursor, CancellationToken stop)
    {
        using var answer = await http.GetAsync(At($"api/v1/reports{(cursor is null ? "" : $"?cursor={cursor}")}"), stop);
        if (answer.StatusCode == HttpStatusCode.BadRequest && cursor is not null) return await List(null, stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Listed>(stop))!;
    }

    public async Task<Outcome<Draft>> Preview(Guid audit, IReadOnlyList<string> languages, IReadOnlyList<Resolution> resolutions, CancellationToken stop) =>
        await Read<Draft>(await http.PostAsJsonAsync(At("api/v1/reports/drafts"), new { auditId = audit, languages, resolutions }, stop), stop);

    public async Task<Outcome<Issued>> Issue(
        Guid audit, IReadOnlyList<string> languages, IReadOnlyList<Resolution> resolutions, string? supersedes, string? reason, Once once, CancellationToken stop) =>
        await Read<Issued>(await once.Send(http, HttpMethod.Post, At("api/v1/reports"), new { auditId = audit, languages, resolutions, supersedes, reason }, stop), stop);

    /// <summary>The file as issued, under the name that the service gives it: the report's number.</summary>
    public async Task<PdfFile?> Pdf(Guid report, CancellationToken stop)
    {
        using var answer = await http.GetAsync(At($"api/v1/reports/{report}/pdf"), stop);
        return answer.StatusCode == HttpStatusCode.OK
            ? new(await answer.Content.ReadAsByteArrayAsync(stop), answer.Content.Headers.ContentDisposition?.FileName?.Trim('"') ?? "report.pdf") : null;
    }

    public async Task<string?> Revoke(Guid report, string reason, CancellationToken stop) =>
        (await Read<object>(await http.PostAsJsonAsync(At($"api/v1/reports/{report}/revocations"), new { reason }, stop), stop)).Problem;

    public async Task<Outcome<Verification>> VerifyNumber(string number, string? code, CancellationToken stop)
    {
        var query = code is { Length: > 0 } ? $"?code={Uri.EscapeDataString(code)}" : "";
        return await Read<Verification>(await http.GetAsync(At($"api/v1/reports/verifications/{Uri.EscapeDataString(number)}{query}"), stop), stop);
    }

    /// <summary>Passes the file on as it arrives; it is kept nowhere.</summary>
    public async Task<Outcome<Verification>> VerifyFile(Stream file, CancellationToken stop)
    {
        using var content = new StreamContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return await Read<Verification>(await http.PostAsync(At("api/v1/reports/verifications"), content, stop), stop);
    }

    private static async Task<Outcome<T>> Read<T>(HttpResponseMessage answer, CancellationToken stop)
        where T : class
    {
        using (answer)
        {
            if (answer.IsSuccessStatusCode) return new(await answer.Content.ReadFromJsonAsync<T>(stop), null);
            var words = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
            // Something on the way answers for a service that does not: nothing was looked for, so nothing may be said to be missing.
            if (!words && answer.StatusCode is (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)) return new(null, Away, AwayCode);
            if (!words) return new(null, "There is nothing here under that number, or it is not yours to see.");

            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
            return new(null, Text(problem, "detail") ?? "There is nothing here under that number, or it is not yours to see.", Text(problem, "type"));
        }
    }

    private static string? Text(JsonElement problem, string name) => problem.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Uri At(string path) => new(path, UriKind.Relative);
}

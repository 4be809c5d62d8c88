using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Contracts.Reports;
using Recruitment.Platform;
using Recruitment.Reports.Issuing;
using Recruitment.Testing;

namespace Recruitment.Reports.Tests;

/// <summary>The service with an Accreditation that answers from here.</summary>
public sealed class ReportsApp : IAsyncLifetime
{
    private ServiceHost<Program> host = null!;

    public Guid Body { get; } = Guid.CreateVersion7();
    public Guid Recruiter { get; } = Guid.CreateVersion7();
    internal StubAccreditation Accreditation { get; } = new();
    internal Dictionary<string, string> Settings { get; } = [];
    public IServiceProvider Services => host.Services;
    public string DataFolder => host.DataFolder;

    public async ValueTask InitializeAsync() => host = await ServiceHost<Program>.Start("reports", Settings, services =>
        services.AddHttpClient(typeof(AccreditationClient).FullName!).ConfigurePrimaryHttpMessageHandler(() => Accreditation));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    public HttpClient AsAuditor(Guid? body = null, TimeSpan? provedAgo = null) => host.Client(Roles.Auditor, body ?? Body, PartyKinds.AuditBody, provedAgo: provedAgo);

    public HttpClient AsRecruiter(Guid? party = null) => host.Client(Roles.RecruiterUser, party ?? Recruiter, PartyKinds.Recruiter);

    public HttpClient AsBrand() => host.Client(Roles.BrandAnalyst, Guid.CreateVersion7(), PartyKinds.Brand);

    public HttpClient As(string role, Guid party, string kind) => host.Client(role, party, kind);

    public HttpClient AsStranger() => host.Anonymous();

    public Task<IReadOnlyList<ReportIssued>> Events() => host.Published<ReportIssued, ReportsDb>();

    /// <summary>A closed audit of our body, as Accreditation tells it.</summary>
    public Guid Audit(string statement = "Receipts show that fees were repaid before departure.", bool decided = true,
        string summary = "The agency works as it says.\nOne kind of record was late.")
    {
        var facts = new AuditFacts
        {
            AuditId = Guid.CreateVersion7(), RecruiterPartyId = Recruiter, RecruiterName = "Saffron Bridge Recruitment", Country = "MMR",
            AuditBodyPartyId = Body, AuditBodyName = "Lotus Lane Assurance", Kind = "initial_assessment", Corridors = ["MMR-THA"],
            AuditedOn = new(2026, 9, 14), InterviewsHeld = 4, Summary = summary,
            Decision = decided ? new() { Outcome = "granted", DecidedOn = new(2026, 9, 20), ValidTo = new(2029, 9, 19) } : null,
            Findings =
            [
                new() { Criterion = "A3-01", Title = "No fees to workers", Topic = "fees_and_debt", Grade = "minor", Statement = statement, Status = "open" },
                new() { Criterion = "B1-02", Title = "Contracts in the worker's language", Topic = "documents", Grade = "conform", Status = "closed" },
            ],
        };
        Accreditation.Audits[facts.AuditId] = facts;
        return facts.AuditId;
    }

    public Task<HttpResponseMessage> Issue(Guid audit, object? resolutions = null, string? supersedes = null, Guid? body = null) => AsAuditor(body)
        .PostAsJsonAsync("api/v1/reports", new { auditId = audit, languages = new[] { "en", "th", "my" }, resolutions, supersedes, reason = supersedes is null ? null : "Corrected a grade" });

    internal async Task<(IssueReport.Response Report, byte[] Pdf)> Issued(Guid? audit = null, object? resolutions = null)
    {
        var answer = await Issue(audit ?? Audit(), resolutions);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var report = (await answer.Content.ReadFromJsonAsync<IssueReport.Response>())!;
        return (report, await AsAuditor().GetByteArrayAsync($"api/v1/reports/{report.Id}/pdf"));
    }

    /// <summary>Runs one of the PDF tools on a file of its own.</summary>
    public static async Task<string> Tool(string tool, byte[] pdf, params string[] arguments)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        try
        {
            var start = new ProcessStartInfo(tool) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in arguments) start.ArgumentList.Add(argument == "FILE" ? file : argument);
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return said + await errors;
        }
        finally
        {
            File.Delete(file);
        }
    }
}

internal sealed class StubAccreditation : HttpMessageHandler
{
    public Dictionary<Guid, AuditFacts> Audits { get; } = [];

    /// <summary>Audits that Accreditation answers with 409, as it does until they are closed.</summary>
    public HashSet<Guid> StillOpen { get; } = [];

    public string? LastToken { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        LastToken = request.Headers.Authorization?.Parameter;
        var audit = Guid.Parse(request.RequestUri!.Segments[^2].TrimEnd('/'));
        if (StillOpen.Contains(audit)) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Conflict));
        return Task.FromResult(Audits.TryGetValue(audit, out var facts)
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(facts) }
            : new HttpResponseMessage(HttpStatusCode.NotFound));
    }
}

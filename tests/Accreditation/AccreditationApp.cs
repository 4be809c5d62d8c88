using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Accreditation.Evidence;
using Recruitment.Accreditation.Schemes;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Accreditation.Tests;

/// <summary>Accreditation with fictional organisations; people are named by what they do.</summary>
public sealed class AccreditationApp : IAsyncLifetime
{
    public const string Root = "/api/v1/accreditation";

    /// <summary>As much of a PDF as the service looks at.</summary>
    public static byte[] Licence => Pdf("licence"u8);

    private ServiceHost<Program> host = null!;

    public Guid AuditBody { get; } = Guid.CreateVersion7();
    public Guid OtherAuditBody { get; } = Guid.CreateVersion7();
    internal ServiceHost<Program> Host => host;
    internal static Scheme Scheme { get; } = SchemeCatalogue.Load().Current;

    public async ValueTask InitializeAsync()
    {
        host = await ServiceHost<Program>.Start("accreditation");
        await Party(AuditBody, PartyKinds.AuditBody, "Lotus Lane Assurance");
        await Party(OtherAuditBody, PartyKinds.AuditBody, "Harbour Wall Audit");
    }

    /// <summary>A second process of the service, on the same database and with the same clock.</summary>
    /// <param name="folder">Another data folder than the first has.</param>
    internal async Task<ServiceHost<Program>> Replica(string? folder = null)
    {
        var settings = new Dictionary<string, string> { ["DataFolder"] = folder ?? host.DataFolder };
        var configured = host.Services.GetRequiredService<IConfiguration>();
        foreach (var name in new[] { "accreditation", "accreditation-migrator" })
            if (configured.GetConnectionString(name) is { } connection) settings[$"ConnectionStrings:{name}"] = connection;
        return await ServiceHost<Program>.Start("accreditation", settings);
    }

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    public Task Party(Guid id, string kind, string name, int sequence = 1) => host.Deliver(new PartyChanged
    {
        PartyId = id, Epoch = 1, Sequence = sequence, Kind = kind, Name = name, Country = "THA", Status = "active",
    });

    public HttpClient Recruiter(Guid party) => host.Client(Roles.RecruiterUser, party, PartyKinds.Recruiter);

    public HttpClient SchemeManager() => host.Client(Roles.SchemeManager, Guid.Parse("0195a000-0000-7000-8000-000000000001"), PartyKinds.Operator);

    public HttpClient Auditor(Guid? body = null, string subject = "auditor-1") => host.Client(Roles.Auditor, body ?? AuditBody, PartyKinds.AuditBody, subject);

    public HttpClient Decider(Guid? body = null, string subject = "decider-1", TimeSpan? provedAgo = null) => host.Client(Roles.DecisionMaker, body ?? AuditBody, PartyKinds.AuditBody, subject, provedAgo);

    /// <summary>A recruiter with a begun application.</summary>
    public async Task<(Guid Recruiter, Guid Id)> Begun()
    {
        var recruiter = Guid.CreateVersion7();
        await Party(recruiter, PartyKinds.Recruiter, "Saffron Bridge Recruitment");
        var answer = await Recruiter(recruiter).PostAsJsonAsync($"{Root}/applications", new { corridors = new[] { "MMR-THA" }, sectors = new[] { "C10" } });
        answer.EnsureSuccessStatusCode();
        return (recruiter, (await answer.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<Guid>());
    }

    public async Task<(Guid Recruiter, Guid Id)> Answered()
    {
        var (recruiter, id) = await Begun();
        var answers = Scheme.Indicators.Select(i => new { indicator = i.Code, value = "conform" });
        (await Recruiter(recruiter).PutAsJsonAsync($"{Root}/applications/{id}/answers", new { answers })).EnsureSuccessStatusCode();
        return (recruiter, id);
    }

    public async Task<(Guid Recruiter, Guid Id)> Submitted()
    {
        var (recruiter, id) = await Answered();
        (await Attach(Recruiter(recruiter), id, Licence)).EnsureSuccessStatusCode();
        (await Recruiter(recruiter).PostAsync($"{Root}/applications/{id}/submit", null)).EnsureSuccessStatusCode();
        return (recruiter, id);
    }

    public async Task<(Guid Recruiter, Guid Id)> Eligible()
    {
        var (recruiter, id) = await Submitted();
        (await SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/review", new { outcome = "eligible", reason = "Complete.", auditBodyPartyId = AuditBody })).EnsureSuccessStatusCode();
        return (recruiter, id);
    }

    public async Task<(Guid Recruiter, Guid Id, Guid Audit)> Assigned()
    {
        var (recruiter, id) = await Eligible();
        return (recruiter, id, await AssignedFrom(id));
    }

    public async Task<(Guid Recruiter, Guid Id, Guid Audit)> Audited(string criterionOne = "conform")
    {
        var (recruiter, id) = await Eligible();
        return (recruiter, id, await AuditedFrom(id, criterionOne));
    }

    public async Task<Guid> AuditedFrom(Guid id, string criterionOne = "conform")
    {
        var audit = await AssignedFrom(id);
        foreach (var criterion in Scheme.Criteria) (await Find(audit, criterion.Code, criterion.Code == "1" ? criterionOne : "conform")).EnsureSuccessStatusCode();
        (await Close(audit)).EnsureSuccessStatusCode();
        return audit;
    }

    private async Task<Guid> AssignedFrom(Guid id)
    {
        (await Auditor().PostAsJsonAsync($"{Root}/applications/{id}/conflict-declarations", new { hasConflict = false, statement = "No tie.", signedAs = "Auditor One" })).EnsureSuccessStatusCode();
        (await SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/auditor", new { auditorSubject = "auditor-1" })).EnsureSuccessStatusCode();
        return (await Auditor().GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!["auditId"]!.GetValue<Guid>();
    }

    public async Task<(Guid Recruiter, Guid Id, Guid Audit)> Granted()
    {
        var granted = await Audited();
        (await Decision(Decider(), granted.Id)).EnsureSuccessStatusCode();
        return granted;
    }

    public Task<HttpResponseMessage> Find(Guid audit, string criterion, string grade, HttpClient? by = null) =>
        (by ?? Auditor()).PutAsJsonAsync($"{Root}/audits/{audit}/findings/{criterion}", new { grade, text = "Secret finding text.", evidenceLevel = "records" });

    /// <summary>The day by the business clock, where the scheme counts its days.</summary>
    public DateOnly Today => host.Services.GetRequiredService<TimeLimits>().TodayOf(Clock);

    public BusinessClock Clock => host.Services.GetRequiredService<BusinessClock>();

    /// <summary>Moves the business clock to a moment, as the operator's page moves it to a day.</summary>
    public async Task Reach(DateTime utc)
    {
        await File.WriteAllTextAsync(Path.Combine(host.DataFolder, "demonstration-clock"), $"{(utc - host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime).Ticks}");
        await Wait.Until(() => Task.FromResult((Clock.Now - utc).Duration() < TimeSpan.FromMinutes(1)), "the clock does not move");
    }

    /// <param name="audit">The audit.</param>
    /// <param name="on">Its last day; today unless another is named.</param>
    public Task<HttpResponseMessage> Close(Guid audit, DateOnly? on = null) =>
        Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/close", new { auditedOn = on ?? Today, summary = "Two days on site.", interviewsHeld = 12 });

    public static Task<HttpResponseMessage> Decision(HttpClient by, Guid id, string outcome = "granted") =>
        by.PostAsJsonAsync($"{Root}/applications/{id}/decision", new { outcome, rationale = "The findings support it." });

    public static Task<HttpResponseMessage> Attach(HttpClient by, Guid id, byte[] content, string name = "licence.pdf", bool redacted = true, string description = "Operating licence", string level = "document")
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent("A1-01"), "indicator" }, { new StringContent(description), "description" }, { new StringContent(level), "level" },
        };
        if (redacted) form.Add(new StringContent("true"), "redacted");
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        form.Add(file, "file", name);
        return by.PostAsync($"{Root}/applications/{id}/evidence", form);
    }

    public static byte[] Pdf(ReadOnlySpan<byte> content) => [.. "%PDF-1.7\n"u8, .. content];

    /// <summary>Moves the business clock and does what a file's day asks for.</summary>
    public async Task Reach(DateOnly day)
    {
        host.Services.GetRequiredService<BusinessClock>().MoveTo(day);
        await DestroyWhatIsDue();
    }

    /// <summary>What the service does every minute.</summary>
    public async Task DestroyWhatIsDue()
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DestroyEvidence>().DoWhatIsDue(TestContext.Current.CancellationToken);
    }

    public static async Task<string> Problem(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["type"]!.GetValue<string>();
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Contracts.Accreditation;
using Recruitment.Contracts.Grievances;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;
using Recruitment.Risk.Editions;
using Recruitment.Testing;

namespace Recruitment.Risk.Tests;

/// <summary>The service on a throwaway database. Tests say what happens; only this class knows the messages.</summary>
public sealed class RiskApp : IAsyncLifetime
{
    private ServiceHost<Program> host = null!;
    private long sequence;

    public DateOnly Today => host.Services.GetRequiredService<BusinessClock>().Today;

    internal ServiceHost<Program> Host => host;

    internal IServiceProvider Services => host.Services;

    public async ValueTask InitializeAsync() => host = await ServiceHost<Program>.Start("risk");

    public ValueTask DisposeAsync() => host.DisposeAsync();

    public HttpClient Brand(Guid party) => host.Client(Roles.BrandAnalyst, party, PartyKinds.Brand);

    public HttpClient Supplier(Guid party) => host.Client(Roles.SupplierUser, party, PartyKinds.Supplier);

    public HttpClient As(string role, Guid party, string kind) => host.Client(role, party, kind);

    public HttpClient Anonymous() => host.Anonymous();

    public Task Happened<T>(T happened, Guid? messageId = null)
        where T : class => host.Deliver(happened, messageId);

    public async Task<Guid> Party(string kind, string name, Guid? owner = null)
    {
        var id = Guid.CreateVersion7();
        await Happened(new PartyChanged { PartyId = id, Epoch = 1, Sequence = Next(), Kind = kind, Name = name, Country = "THA", Status = "active", OwnerPartyId = owner });
        return id;
    }

    public async Task<Guid> Site(Guid supplier, string? sector = "10", int? workers = 200, int? migrants = 20, string country = "THA", Guid? id = null, DateOnly? endedOn = null)
    {
        var site = id ?? Guid.CreateVersion7();
        await Happened(new SiteChanged
        {
            SiteId = site, Epoch = 1, Sequence = Next(), PartyId = supplier, Name = "Rung Fah plant", Address = "1 Example Road", Country = country,
            Sector = sector, Status = endedOn is null ? "active" : "ended", EndedOn = endedOn, WorkersTotal = workers, MigrantWorkers = migrants,
        });
        return site;
    }

    /// <summary>The brand buys there, and the supplier shares with it since a month unless it is said otherwise.</summary>
    public async Task<Guid> Buys(Guid brand, Guid supplier, string status = "open", Guid? id = null, bool shared = true, int sharedDaysAgo = 30, string? name = null)
    {
        var relation = id ?? Guid.CreateVersion7();
        await Happened(new SupplyRelationChanged
        {
            RelationId = relation, Epoch = 1, Sequence = Next(), BrandPartyId = brand, SupplierPartyId = supplier, Status = status,
            SupplierName = name, SharedOn = shared ? Today.AddDays(-sharedDaysAgo) : null,
        });
        return relation;
    }

    /// <summary>The brand's own list has the site.</summary>
    public Task Lists(Guid brand, Guid supplier, Guid site, string name = "Rung Fah plant", string country = "THA", string? sector = "10", int? workers = null) => Happened(new SiteListed
    {
        ListingId = Guid.CreateVersion7(), Epoch = 1, Sequence = Next(), BrandPartyId = brand, SupplierPartyId = supplier, SiteId = site, Name = name, Country = country, Sector = sector, Workers = workers,
    });

    public Task Answers(Guid site, params (string Question, string Answer)[] answers) => Happened(new SelfAssessmentSubmitted
    {
        SiteId = site, Epoch = 1, Sequence = Next(), CatalogueVersion = "1", AsOf = Today,
        Answers = [.. answers.Select(a => new SelfAssessmentAnswer { Question = a.Question, Answer = a.Answer })],
    });

    public async Task<Guid> Declares(Guid site, Guid supplier, Guid recruiter, string origin = "MMR")
    {
        var link = Guid.CreateVersion7();
        await Happened(new RecruiterDeclared
        {
            LinkId = link, Epoch = 1, Sequence = Next(), SiteId = site, SupplierPartyId = supplier, RecruiterPartyId = recruiter, OriginCountry = origin, From = Today.AddDays(-30),
        });
        return link;
    }

    public Task Accredited(Guid recruiter, string status = "granted", Guid? id = null, long? at = null, int decidedDaysAgo = 1, int validDaysMore = 1000, string scheme = "own") => Happened(new AccreditationChanged
    {
        AccreditationId = id ?? Guid.CreateVersion7(), Epoch = 1, Sequence = at ?? Next(), RecruiterPartyId = recruiter, RecruiterName = "Saffron Bridge Recruitment", Country = "MMR",
        SchemeCode = scheme, SchemeVersion = "1", Status = status, Corridors = ["MMR-THA"], History = [],
        DecidedOn = Today.AddDays(-decidedDaysAgo), ValidFrom = Today.AddDays(-decidedDaysAgo), ValidTo = Today.AddDays(validDaysMore),
    });

    public Task Audited(Guid recruiter, string topic, string grade, string status = "open", Guid? id = null) => Happened(new AuditFindingsChanged
    {
        AuditId = id ?? Guid.CreateVersion7(), Epoch = 1, Sequence = Next(), RecruiterPartyId = recruiter, AuditedOn = Today.AddDays(-10),
        Findings = [new AuditFinding { Criterion = "1.1", Topic = topic, Grade = grade, Status = status }],
    });

    public Task Released(string kind, Guid subject, string group = "money", string band = "20-49") => Happened(new SignalsReleased
    {
        ReleaseId = Guid.CreateVersion7(), Epoch = 1, Sequence = Next(), ReleasedOn = Today,
        Cells = [new SignalCell { SubjectKind = kind, SubjectId = subject, TopicGroup = group, Period = $"{Today.Year}-Q{((Today.Month - 1) / 3) + 1}", Band = band }],
    });

    public static async Task<JsonElement> Get(HttpClient who, string path)
    {
        var answer = await who.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static Task<JsonElement> Seen(HttpClient who, Guid site) => Get(who, $"api/v1/risk/sites/{site}");

    public static async Task<int> Topic(HttpClient who, Guid site, string topic) => (await Seen(who, site)).GetProperty("topics").EnumerateArray()
        .Select(t => t.GetProperty("estimate")).First(e => e.GetProperty("topic").GetString() == topic).GetProperty("residual").GetInt32();

    internal Ground.Standing Now => host.Services.GetRequiredService<Ground>().Now;

    public long Next() => Interlocked.Increment(ref sequence);
}

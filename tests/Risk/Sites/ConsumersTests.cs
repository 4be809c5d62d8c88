using Recruitment.Contracts.Accreditation;
using Recruitment.Contracts.Grievances;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Risk.Tests.Sites;

/// <summary>Every consumer: the same message twice counts once, and an older state that arrives late changes nothing.</summary>
public sealed class ConsumersTests(RiskApp app) : IClassFixture<RiskApp>, IAsyncLifetime
{
    private Guid brand;
    private Guid supplier;
    private Guid recruiter;
    private Guid site;

    public async ValueTask InitializeAsync()
    {
        brand = await app.Party("brand", "Marisol & Pine");
        supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        recruiter = await app.Party("recruiter", "Saffron Bridge Recruitment");
        await app.Buys(brand, supplier);
        site = await app.Site(supplier);
        await app.Declares(site, supplier, recruiter);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public Task A_self_assessment()
    {
        SelfAssessmentSubmitted Submitted(string fees, long sequence) => new()
        {
            SiteId = site, Epoch = 1, Sequence = sequence, CatalogueVersion = "1", AsOf = app.Today, Answers = [new() { Question = "fees.payer", Answer = fees }],
        };
        return TwiceAndLate(Submitted("worker_all", 1000), Submitted("employer_all", 999));
    }

    [Fact]
    public async Task A_declared_recruiter()
    {
        await app.Accredited(recruiter);
        var link = Guid.CreateVersion7();
        var other = Guid.CreateVersion7();
        RecruiterDeclared Declared(DateOnly? to, long sequence) => new()
        {
            LinkId = link, Epoch = 1, Sequence = sequence, SiteId = site, SupplierPartyId = supplier, RecruiterPartyId = other, OriginCountry = "KHM",
            From = app.Today.AddDays(-3), To = to,
        };
        await TwiceAndLate(Declared(null, 1000), Declared(app.Today.AddDays(-1), 999));
    }

    [Fact]
    public Task An_accreditation()
    {
        var id = Guid.CreateVersion7();
        AccreditationChanged Changed(string status, long sequence) => new()
        {
            AccreditationId = id, Epoch = 1, Sequence = sequence, RecruiterPartyId = recruiter, RecruiterName = "Saffron Bridge Recruitment", Country = "MMR", SchemeCode = "own",
            SchemeVersion = "1", Status = status, Corridors = [], ValidFrom = app.Today, ValidTo = app.Today.AddYears(3), History = [],
        };
        return TwiceAndLate(Changed("granted", 1000), Changed("suspended", 999));
    }

    [Fact]
    public Task Audit_findings()
    {
        var id = Guid.CreateVersion7();
        AuditFindingsChanged Changed(string status, long sequence) => new()
        {
            AuditId = id, Epoch = 1, Sequence = sequence, RecruiterPartyId = recruiter, AuditedOn = app.Today,
            Findings = [new AuditFinding { Criterion = "1", Topic = "fees_and_debt", Grade = "critical", Status = status }],
        };
        return TwiceAndLate(Changed("open", 1000), Changed("closed", 999));
    }

    [Fact]
    public Task A_site()
    {
        SiteChanged Changed(string sector, long sequence) => new()
        {
            SiteId = site, Epoch = 2, Sequence = sequence, PartyId = supplier, Name = "Rung Fah plant", Address = "1 Example Road", Country = "THA", Sector = sector, Status = "active", WorkersTotal = 5,
        };
        return TwiceAndLate(Changed("97", 1000), Changed("A", 999));
    }

    [Fact]
    public async Task A_relation()
    {
        var relation = Guid.CreateVersion7();
        var other = await app.Party("brand", "Kestrel Row");
        SupplyRelationChanged Changed(string status, long sequence) => new()
        {
            RelationId = relation, Epoch = 1, Sequence = sequence, BrandPartyId = other, SupplierPartyId = supplier, Status = status,
        };
        await app.Happened(Changed("ended", 1000));
        await app.Happened(Changed("ended", 1000));
        await app.Happened(Changed("open", 999));

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.Brand(other).GetAsync(new Uri($"api/v1/risk/sites/{site}", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_party()
    {
        PartyChanged Changed(string name, long sequence) => new() { PartyId = supplier, Epoch = 2, Sequence = sequence, Kind = "supplier", Name = name, Country = "THA", Status = "active" };
        await app.Happened(Changed("Rung Fah Foods", 1000));
        await app.Happened(Changed("Rung Fah Foods", 1000));
        await app.Happened(Changed("Rung Fah Old", 999));

        Assert.Equal("Rung Fah Foods", (await RiskApp.Seen(app.Brand(brand), site)).GetProperty("supplier").GetString());
    }

    [Fact]
    public async Task A_release_of_signals()
    {
        var release = Guid.CreateVersion7();
        SignalsReleased Released(string band, long sequence) => new()
        {
            ReleaseId = release, Epoch = 1, Sequence = sequence, ReleasedOn = app.Today,
            Cells = [new SignalCell { SubjectKind = "site", SubjectId = site, TopicGroup = "money", Period = $"{app.Today.Year}-Q{((app.Today.Month - 1) / 3) + 1}", Band = band }],
        };
        await app.Happened(Released("50+", 1000));
        await app.Happened(Released("50+", 1000));
        await app.Happened(Released("10-19", 999));

        var seen = await RiskApp.Seen(app.Brand(brand), site);
        Assert.Equal(Math.Min(1500, 10_000 - seen.GetProperty("topics")[0].GetProperty("estimate").GetProperty("residual").GetInt32()),
            seen.GetProperty("workerVoice").GetProperty("points").GetInt32());
    }

    private async Task TwiceAndLate<T>(T happened, T older)
        where T : class
    {
        var before = await Score();
        var message = Guid.CreateVersion7();
        await app.Happened(happened, message);
        var once = await Score();
        Assert.NotEqual(before, once);

        await app.Happened(happened, message);
        await app.Happened(happened);
        Assert.Equal(once, await Score());

        await app.Happened(older);
        Assert.Equal(once, await Score());
    }

    private async Task<string> Score() => (await RiskApp.Seen(app.Brand(brand), site)).GetProperty("topics").GetRawText();
}

namespace Recruitment.Risk.Tests.Sites;

/// <summary>Where a recruiter stands: by the newest decision of each scheme, and by the worst of the schemes.</summary>
public sealed class StandingTests(RiskApp app) : IClassFixture<RiskApp>, IAsyncLifetime
{
    private Guid brand;
    private Guid recruiter;
    private Guid site;

    public async ValueTask InitializeAsync()
    {
        brand = await app.Party("brand", "Marisol & Pine");
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        recruiter = await app.Party("recruiter", "Saffron Bridge Recruitment");
        await app.Buys(brand, supplier);
        site = await app.Site(supplier);
        await app.Declares(site, supplier, recruiter);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Whoever_was_withdrawn_and_assessed_anew_stands_by_the_newer_decision_in_whatever_order_they_arrive()
    {
        await app.Accredited(recruiter, "granted", decidedDaysAgo: 3);
        await app.Accredited(recruiter, "withdrawn", decidedDaysAgo: 400);

        Assert.Equal("granted", await Status());
    }

    [Fact]
    public async Task A_newer_withdrawal_is_not_covered_by_an_older_grant()
    {
        await app.Accredited(recruiter, "withdrawn", decidedDaysAgo: 3);
        await app.Accredited(recruiter, "granted", decidedDaysAgo: 400);

        Assert.Equal("withdrawn", await Status());
    }

    [Fact]
    public async Task Between_schemes_the_worst_speaks()
    {
        await app.Accredited(recruiter, "granted", decidedDaysAgo: 3);
        await app.Accredited(recruiter, "suspended", decidedDaysAgo: 400, scheme: "other");

        Assert.Equal("suspended", await Status());
    }

    [Theory]
    [InlineData("granted", 0, "granted")]
    [InlineData("granted", -1, "expired")]
    [InlineData("suspended", 0, "suspended")]
    [InlineData("suspended", -1, "expired")]
    [InlineData("withdrawn", -1, "withdrawn")]
    public async Task A_status_ends_after_its_last_day_as_it_does_in_the_register(string status, int validDaysMore, string stands)
    {
        await app.Accredited(recruiter, status, decidedDaysAgo: 400, validDaysMore: validDaysMore);

        Assert.Equal(stands, await Status());
    }

    private async Task<string?> Status() => (await RiskApp.Get(app.Brand(brand), $"api/v1/risk/sites/{site}/inputs"))
        .GetProperty("inputs").GetProperty("recruiters")[0].GetProperty("status").GetString();
}

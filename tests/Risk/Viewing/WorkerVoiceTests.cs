using System.Net;

namespace Recruitment.Risk.Tests.Viewing;

/// <summary>The adversary belongs to the accused, or to its ownership group, and reads everything he may read before and after a release.</summary>
public sealed class WorkerVoiceTests(RiskApp app) : IClassFixture<RiskApp>
{
    [Fact]
    public async Task The_accused_reads_the_same_bytes_everywhere_before_and_after_a_release()
    {
        var (supplier, recruiter, site) = await Chain();
        var before = await Everything(app.Supplier(supplier), site);

        await app.Released("site", site);
        await app.Released("recruiter", recruiter);

        Assert.Equal(before, await Everything(app.Supplier(supplier), site));
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("owned")]
    [InlineData("sister")]
    [InlineData("unknown to us")]
    [InlineData("unknown owner")]
    public async Task A_brand_that_is_or_may_be_of_the_accuseds_group_reads_the_same_bytes(string tie)
    {
        var parent = await app.Party("brand", "Parent");
        var brand = tie switch
        {
            "owner" => parent,
            "sister" => await app.Party("brand", "Sister", parent),
            "unknown to us" => Guid.CreateVersion7(),
            "unknown owner" => await app.Party("brand", "Kestrel Row", Guid.CreateVersion7()),
            _ => await app.Party("brand", "Kestrel Row"),
        };
        var (supplier, _, site) = await Chain(owner: tie == "owned" ? brand : tie is "owner" or "sister" ? parent : null);
        await app.Buys(brand, supplier);
        var before = await Everything(app.Brand(brand), site);

        await app.Released("site", site);

        Assert.Equal(before, await Everything(app.Brand(brand), site));
    }

    [Fact]
    public async Task Another_brand_sees_one_line_with_a_period_and_no_topic()
    {
        var (supplier, _, site) = await Chain();
        var brand = await app.Party("brand", "Marisol & Pine");
        await app.Buys(brand, supplier);
        var before = await RiskApp.Seen(app.Brand(brand), site);

        await app.Released("site", site, group: "violence-and-movement", band: "10-19");
        await app.Released("site", site, group: "money", band: "20-49");
        var after = await RiskApp.Seen(app.Brand(brand), site);

        Assert.Equal(before.GetProperty("topics").GetRawText(), after.GetProperty("topics").GetRawText());
        Assert.Equal(before.GetProperty("changes").GetRawText(), after.GetProperty("changes").GetRawText());
        Assert.Equal(1000, after.GetProperty("workerVoice").GetProperty("points").GetInt32());
        Assert.Equal(before.GetProperty("score").GetInt32() + 1000, after.GetProperty("score").GetInt32());
        Assert.DoesNotContain("violence-and-movement", after.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("10-19", after.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_about_a_recruiter_stands_beside_the_recruiter_and_moves_no_site()
    {
        var (supplier, recruiter, site) = await Chain();
        var brand = await app.Party("brand", "Marisol & Pine");
        await app.Buys(brand, supplier);
        var before = await RiskApp.Seen(app.Brand(brand), site);

        await app.Released("recruiter", recruiter);
        var after = await RiskApp.Seen(app.Brand(brand), site);

        Assert.Equal(before.GetProperty("score").GetInt32(), after.GetProperty("score").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Object, after.GetProperty("recruiters")[0].GetProperty("workerVoice").ValueKind);
    }

    [Fact]
    public async Task A_recruiter_reads_nothing_of_anybody()
    {
        var (_, recruiter, site) = await Chain();
        var mine = app.As("recruiter_user", recruiter, "recruiter");

        foreach (var path in Paths(site))
            Assert.Equal(HttpStatusCode.Forbidden, (await mine.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
    }

    private async Task<(Guid Supplier, Guid Recruiter, Guid Site)> Chain(Guid? owner = null)
    {
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing", owner);
        var recruiter = await app.Party("recruiter", "Saffron Bridge Recruitment");
        var site = await app.Site(supplier);
        await app.Declares(site, supplier, recruiter);
        return (supplier, recruiter, site);
    }

    private static string[] Paths(Guid site) =>
        ["api/v1/risk/sites", "api/v1/risk/sites?topic=violence", $"api/v1/risk/sites/{site}", $"api/v1/risk/sites/{site}/inputs", "api/v1/risk/method"];

    private static async Task<string> Everything(HttpClient who, Guid site)
    {
        var all = new List<string>();
        foreach (var path in Paths(site)) all.Add(await who.GetStringAsync(new Uri(path, UriKind.Relative)));
        return string.Join('\n', all);
    }
}

using System.Text.Json;

namespace Recruitment.Risk.Tests.Viewing;

public sealed class ConfidenceTests(RiskApp app) : IClassFixture<RiskApp>
{
    [Fact]
    public async Task Audits_of_its_recruiters_make_no_topic_of_a_site_checked_on_site()
    {
        var (brand, site) = await AuditedThroughout();

        var topics = await Topics(brand, site);

        Assert.All(topics, topic => Assert.NotEqual("A", Confidence(topic)));
    }

    [Fact]
    public async Task Such_an_audit_makes_a_topic_partly_checked_only_where_the_method_weighs_recruiters()
    {
        var (brand, site) = await AuditedThroughout();

        var topics = await Topics(brand, site);

        Assert.Equal(["children", "deception", "documents", "fees_and_debt"], topics.Where(t => Confidence(t) == "B").Select(Code).Order(StringComparer.Ordinal));
        Assert.All(topics.Where(t => Confidence(t) != "B"), topic => Assert.Equal("C", Confidence(topic)));
    }

    [Fact]
    public async Task Such_an_audit_is_named_as_one_of_the_recruiter_and_is_worth_as_a_control_what_an_audit_on_site_is_worth()
    {
        var (brand, site) = await AuditedThroughout();

        foreach (var topic in await Topics(brand, site))
        {
            var line = topic.GetProperty("lines").EnumerateArray().Single(l => l.GetProperty("code").GetString() == "audit");
            var weight = app.Now.Method.Topics.First(t => t.Code == Code(topic)).Controls.First(c => c.Control == "audit").Weight;
            var worth = (long)weight * app.Now.Method.Evidence.OnSiteAudit / 10_000;

            Assert.Equal("recruiter_audit", line.GetProperty("basis").GetString());
            Assert.Equal(-(topic.GetProperty("inherent").GetInt32() * worth * app.Now.Method.Residual.ControlEffect / 100_000_000), line.GetProperty("points").GetInt32());
        }
    }

    /// <summary>A site that answered everything, whose one recruiter is accredited and was found to conform in every topic.</summary>
    private async Task<(HttpClient Brand, Guid Site)> AuditedThroughout()
    {
        var brand = await app.Party("brand", "Marisol & Pine");
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        var recruiter = await app.Party("recruiter", "Saffron Bridge Recruitment");
        await app.Buys(brand, supplier);
        var site = await app.Site(supplier);
        await app.Answers(site, [.. app.Now.Method.Practice.Select(p => (p.Question, p.Values.Keys.First()))]);
        await app.Declares(site, supplier, recruiter);
        await app.Accredited(recruiter);
        foreach (var topic in app.Now.Method.Topics) await app.Audited(recruiter, topic.Code, "conform", "closed");
        return (app.Brand(brand), site);
    }

    private static async Task<List<JsonElement>> Topics(HttpClient brand, Guid site) => [.. (await RiskApp.Seen(brand, site)).GetProperty("topics").EnumerateArray()];

    private static string Code(JsonElement topic) => topic.GetProperty("estimate").GetProperty("topic").GetString()!;

    private static string Confidence(JsonElement topic) => topic.GetProperty("estimate").GetProperty("confidence").GetString()!;
}

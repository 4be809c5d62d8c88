using System.Text.Json;

namespace Recruitment.Risk.Tests.Viewing;

public sealed class SupportNeededTests(RiskApp app) : IClassFixture<RiskApp>
{
    [Fact]
    public async Task Sites_that_differ_only_in_origin_and_migrant_share_have_equal_score_rank_and_band()
    {
        var brand = await app.Party("brand", "Marisol & Pine");
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        var recruiter = await app.Party("recruiter", "Saffron Bridge Recruitment");
        await app.Buys(brand, supplier);
        foreach (var (origin, migrants) in new[] { ("MMR", 0), ("MMR", 199), ("KHM", 50), ("THA", 200), ("NPL", 7) })
        {
            var site = await app.Site(supplier, migrants: migrants);
            await app.Declares(site, supplier, recruiter, origin);
            await app.Answers(site, ("fees.payer", "shared"), ("documents.keeper", "worker"));
        }

        foreach (var topic in app.Now.Method.Topics.Select(t => $"?topic={t.Code}").Append(""))
        {
            var rows = (await RiskApp.Get(app.Brand(brand), $"api/v1/risk/sites{topic}")).GetProperty("items").EnumerateArray().ToList();
            Assert.Equal(5, rows.Count);
            Assert.Single(rows.Select(Judgement).Distinct());
        }
    }

    [Fact]
    public async Task The_figure_stands_apart_from_the_score()
    {
        var supplier = await app.Party("supplier", "Chao Phraya Knitwear Works");
        var few = await app.Site(supplier, migrants: 0);
        var many = await app.Site(supplier, migrants: 200);

        var fewSeen = await RiskApp.Seen(app.Supplier(supplier), few);
        var manySeen = await RiskApp.Seen(app.Supplier(supplier), many);

        Assert.Equal(0, fewSeen.GetProperty("supportNeeded").GetProperty("figure").GetInt32());
        Assert.Equal(7000, manySeen.GetProperty("supportNeeded").GetProperty("figure").GetInt32());
        Assert.Equal(fewSeen.GetProperty("topics").GetRawText(), manySeen.GetProperty("topics").GetRawText());
    }

    [Fact]
    public void The_inputs_of_a_score_have_no_room_for_origin_or_migrant_share() =>
        Assert.DoesNotContain(typeof(Recruitment.Risk.Scoring.SiteInputs).GetProperties(),
            p => p.Name.Contains("Origin", StringComparison.Ordinal) || p.Name.Contains("Migrant", StringComparison.Ordinal) || p.Name.Contains("National", StringComparison.Ordinal));

    private static string Judgement(JsonElement row) => $"{row.GetProperty("rank")} {row.GetProperty("score")} {row.GetProperty("estimate").GetRawText()}";
}

using Recruitment.Risk.Method;
using Recruitment.Risk.Reference;
using Recruitment.Risk.Tests.Scoring;

namespace Recruitment.Risk.Tests.Method;

public sealed class MethodTests
{
    [Fact]
    public void The_shipped_method_has_the_twelve_topics_and_a_source_for_every_weight()
    {
        var method = Samples.Method;

        Assert.Equal(
            ["fees_and_debt", "documents", "deception", "wages", "hours", "movement", "violence", "children", "association", "housing", "health_and_safety", "remedy"],
            method.Topics.Select(t => t.Code));
        Assert.All(method.Topics, t => Assert.NotEmpty(t.Source));
        Assert.All(method.Practice, p => Assert.NotEmpty(p.Source));
        Assert.All(method.Facts.Values, f => Assert.NotEmpty(f.Source));
    }

    [Fact]
    public void A_topic_that_no_other_service_knows_is_refused_and_so_is_a_missing_one()
    {
        var shipped = DataFiles.All("method", ".json", "/nowhere").First().Text;

        var refused = Assert.Throws<InvalidOperationException>(() => MethodFile.Read(shipped.Replace("\"code\": \"housing\"", "\"code\": \"weather\"", StringComparison.Ordinal)));

        Assert.Contains("weather is not a topic", refused.Message, StringComparison.Ordinal);
        Assert.Contains("the topic housing is missing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_do_not_add_up_are_refused()
    {
        var shipped = DataFiles.All("method", ".json", "/nowhere").First().Text;

        var refused = Assert.Throws<InvalidOperationException>(() => MethodFile.Read(shipped.Replace("\"weight\": 2500", "\"weight\": 2501", StringComparison.Ordinal)));

        Assert.Contains("do not add up", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Origin_and_nationality_are_in_no_weight() => Assert.DoesNotContain(
        Samples.Method.Topics.SelectMany(t => t.Inherent).Select(w => w.Input),
        input => input.Contains("origin", StringComparison.Ordinal) || input.Contains("national", StringComparison.Ordinal) || input.Contains("migrant", StringComparison.Ordinal));

    [Fact]
    public void Every_fact_names_its_publisher_edition_licence_and_dates() => Assert.All(Samples.Facts.All, fact =>
    {
        Assert.NotEmpty(fact.Publisher);
        Assert.NotEmpty(fact.Source);
        Assert.NotEmpty(fact.Edition);
        Assert.NotEmpty(fact.Licence);
        Assert.True(fact.RecheckAfter > fact.AsOf);
    });

    [Fact]
    public void What_this_product_rounded_or_computed_says_so_and_asks_to_be_verified()
    {
        var ours = Samples.Facts.All.Where(f => f.Code is "sector.employment_millions" or "sector.forced_labour_per_100000").ToList();

        Assert.Equal(12, ours.Count);
        Assert.All(ours, fact => Assert.Contains("verify before relying on it", fact.Source, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("10", "C")]
    [InlineData("C", "C")]
    [InlineData("C10", "C")]
    [InlineData("1020", "C")]
    [InlineData("03", "A")]
    [InlineData("97", "T")]
    [InlineData("I", "G-S")]
    [InlineData("??", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_sector_is_found_from_section_or_division(string? isic, string? section) => Assert.Equal(section, FactBook.SectionOf(isic));

    [Fact]
    public void A_newer_edition_of_a_fact_replaces_the_older_whatever_the_order()
    {
        static Fact Tier(string edition, string value) => FactFile.Read("x", $"""
            code,iso3,subject,value,standard_error,source,publisher,edition,licence,as_of,recheck_after
            tip.tier,THA,,{value},,"Report, the",Publisher,{edition},public domain,{edition}-06-30,2030-01-01
            """).Single();

        Assert.Equal("3", new FactBook([Tier("2025", "2"), Tier("2026", "3")], "").Find("tip.tier", "THA")!.Value);
        Assert.Equal("3", new FactBook([Tier("2026", "3"), Tier("2025", "2")], "").Find("tip.tier", "THA")!.Value);
    }
}

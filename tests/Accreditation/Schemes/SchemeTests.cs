using Recruitment.Accreditation.Schemes;

namespace Recruitment.Accreditation.Tests.Schemes;

/// <summary>The catalogue is whole, claims nothing, and a broken one stops the start.</summary>
public sealed class SchemeTests
{
    private static readonly string[] Forbidden =
        ["IRIS certified", "approved by IOM", "compliant", "slave-free", "free of forced labour", "safe agency", "confirmed victim"];

    private static readonly Scheme Scheme = SchemeCatalogue.Load().Current;

    [Fact]
    public void Principles_A_B_and_1_to_5_are_there() => Assert.Equal(["A", "B", "1", "2", "3", "4", "5"], Scheme.Principles.Select(p => p.Code));

    [Fact]
    public void No_indicator_claims_to_be_checked_against_the_official_text() =>
        Assert.All(Scheme.Indicators, i => Assert.Null(i.CheckedAgainstOfficialText));

    [Fact]
    public void No_forbidden_phrase_is_in_the_catalogue()
    {
        var texts = Scheme.Indicators.Select(i => i.Text).Concat(Scheme.Criteria.Select(c => c.Title)).Concat(Scheme.Principles.Select(p => p.Title)).Append(Scheme.Title).Append(Scheme.Caveat);

        Assert.All(texts, text => Assert.DoesNotContain(Forbidden, phrase => text.Contains(phrase, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void An_unknown_topic_and_a_code_used_twice_are_found()
    {
        var broken = Scheme with { Principles = [new Principle("A", "x", [new Criterion("A1", "x", "weather", [Scheme.Indicators.First(), Scheme.Indicators.First()])])] };

        var wrong = Assert.Throws<InvalidOperationException>(() => SchemeCatalogue.Check(broken));

        Assert.Contains("weather", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("A1-01 twice", wrong.Message, StringComparison.Ordinal);
    }
}

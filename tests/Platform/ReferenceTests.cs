namespace Recruitment.Platform.Tests;

/// <summary>Reference data that come with the program.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void Every_country_has_both_codes_and_a_name_once()
    {
        Assert.True(CountryList.All.Count >= 249);
        Assert.All(CountryList.All, c => Assert.Matches("^[A-Z]{2} [A-Z]{3} .{4,}$", $"{c.Iso2} {c.Iso3} {c.Name}"));
        Assert.Equal(CountryList.All.Count, CountryList.All.DistinctBy(c => c.Iso2).Count());
        Assert.Equal(CountryList.All.Count, CountryList.All.DistinctBy(c => c.Iso3).Count());
        Assert.Equal(CountryList.All.Count, CountryList.All.DistinctBy(c => c.Name).Count());
    }

    [Theory]
    [InlineData("MMR", "Myanmar")]
    [InlineData("KHM", "Cambodia")]
    [InlineData("VNM", "Vietnam")]
    [InlineData("ZZZ", "ZZZ")]
    public void A_code_is_said_by_its_name_or_stays_as_it_is(string code, string name) => Assert.Equal(name, CountryList.Name(code));

    [Theory]
    [InlineData("C", "Manufacturing")]
    [InlineData("C14", "Wearing apparel")]
    [InlineData("14", "Wearing apparel")]
    [InlineData("X9", "X9")]
    public void An_industry_is_said_by_its_name_or_stays_as_it_is(string code, string name) => Assert.Equal(name, IndustryList.Name(code));

    [Fact]
    public void All_divisions_of_the_classification_are_there() => Assert.Equal((21, 88), (IndustryList.Sections.Count, IndustryList.Sections.Sum(s => s.Divisions.Count)));

    [Theory]
    [InlineData("countries.json")]
    [InlineData("industries.json")]
    public void Reference_data_say_whence_and_of_when_they_are(string file) => Assert.All(
        ReferenceFile.Read(file, root => new[] { root.GetProperty("source").GetString()!, root.GetProperty("asOf").GetString()!, root.GetProperty("recheckAfter").GetString()! }), Assert.NotEmpty);
}

using Recruitment.Grievances.Signals;

namespace Recruitment.Grievances.Tests.Signals;

public sealed class BandTests
{
    [Theory]
    [InlineData(10, 10, "10-19"), InlineData(19, 10, "10-19"), InlineData(20, 10, "20-49"), InlineData(49, 10, "20-49"), InlineData(50, 10, "50+"), InlineData(900, 10, "50+")]
    [InlineData(5, 5, "5-19"), InlineData(20, 20, "20-49"), InlineData(25, 25, "25-49"), InlineData(50, 50, "50+"), InlineData(60, 60, "60+")]
    public void A_count_becomes_a_band_that_never_begins_below_the_smallest_group(int count, int smallestGroup, string band) =>
        Assert.Equal(band, Band.Of(count, smallestGroup));
}

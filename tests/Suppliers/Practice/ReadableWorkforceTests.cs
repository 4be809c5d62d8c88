using Recruitment.Suppliers.Practice;

namespace Recruitment.Suppliers.Tests.Practice;

/// <summary>What a brand reads of a workforce leaves every small count open.</summary>
public sealed class ReadableWorkforceTests
{
    [Fact]
    public void Every_small_count_may_have_more_than_one_value_for_whoever_reads_the_others()
    {
        var random = new Random(20261128);
        for (var i = 0; i < 5000; i++)
        {
            var counts = Enumerable.Range(0, random.Next(1, 7)).Select(n => new WorkforceCount { Nationality = $"N{n}", Sex = "female", Count = random.Next(3) == 0 ? random.Next(10, 300) : random.Next(1, 12) }).ToList();
            var (hidden, small) = (ReadableWorkforce.Hidden(counts), ReadableWorkforce.Few(counts));
            if (hidden.Count == counts.Count)
            {
                // Nothing is said but a total of ten at least, or but that each is small.
                Assert.Equal(small.Count == 0, ReadableWorkforce.Total(counts.Sum(c => c.Count)) is not null);
                continue;
            }
            // All a brand has: the total less what is shown is the sum of the hidden ones, each small one is 1 to 9, each other 10 to the smallest shown.
            var (sum, others) = (hidden.Sum(c => c.Count), hidden.Count - small.Count);
            var most = counts.Except(hidden).Select(c => c.Count).DefaultIfEmpty(int.MaxValue / 10).Min();
            foreach (var _ in small)
            {
                var possible = Enumerable.Range(1, 9).Count(value => Fits(sum - value, small.Count - 1, others, most));
                Assert.True(possible > 1, $"{string.Join(", ", counts.Select(c => c.Count))}: a small count follows.");
            }
            Assert.Equal(counts.Count(c => c.Count < ReadableWorkforce.Smallest), small.Count);
        }
    }

    [Fact]
    public void Where_no_count_is_small_nothing_is_hidden() =>
        Assert.Empty(ReadableWorkforce.Hidden([new() { Nationality = "THA", Sex = "male", Count = 10 }, new() { Nationality = "MMR", Sex = "male", Count = 500 }]));

    private static bool Fits(int sum, int small, int others, long most) => sum >= small + (10 * others) && sum <= (9 * small) + (others * most);
}

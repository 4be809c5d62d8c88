namespace Recruitment.Suppliers.Practice;

/// <summary>
/// What others than the supplier read of a workforce: counts of ten or more, and nothing that is made from smaller ones, which could point at people. A total over
/// all of them would give the small ones away, to whoever subtracts or tries every workforce that would read the same.
/// </summary>
internal static class ReadableWorkforce
{
    /// <summary>Below this a count could point at people.</summary>
    public const int Smallest = 10;

    public static bool IsFew(WorkforceCount count) => count.Count < Smallest;

    /// <summary>People in the counts that are shown; null when none is.</summary>
    public static int? Total(IReadOnlyList<WorkforceCount> counts) => Sum(counts);

    /// <summary>Migrants in the counts that are shown; null when there are some and none is shown.</summary>
    public static int? Migrants(IReadOnlyList<WorkforceCount> counts, string country)
    {
        var migrants = counts.Where(c => c.Nationality != country).ToList();
        return migrants.Count == 0 ? 0 : Sum(migrants);
    }

    private static int? Sum(IReadOnlyList<WorkforceCount> counts) => counts.All(IsFew) ? null : counts.Where(c => !IsFew(c)).Sum(c => c.Count);
}

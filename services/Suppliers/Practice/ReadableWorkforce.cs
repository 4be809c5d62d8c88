namespace Recruitment.Suppliers.Practice;

/// <summary>What others than the supplier read of a workforce: no count that could point at people, and none from which such a count follows.</summary>
internal static class ReadableWorkforce
{
    /// <summary>Below this a count could point at people.</summary>
    public const int Smallest = 10;

    /// <summary>Small counts, and so many of the next larger that no small one follows from the total: the hidden are ten people at least together, and each small one may have another value too.</summary>
    public static IReadOnlySet<WorkforceCount> Hidden(IReadOnlyList<WorkforceCount> counts)
    {
        var hidden = counts.Where(c => c.Count < Smallest).ToHashSet();
        if (hidden.Count == 0) return hidden;

        var small = hidden.Count;
        foreach (var next in counts.Except(hidden).OrderBy(c => c.Count).ThenBy(c => c.Nationality, StringComparer.Ordinal).ThenBy(c => c.Sex, StringComparer.Ordinal).ToList())
        {
            var sum = hidden.Sum(c => c.Count);
            if (sum >= Smallest && MayBe(sum, small - 1, hidden.Count - small, next.Count) > 1) break;
            hidden.Add(next);
        }
        return hidden;
    }

    /// <summary>Those of the hidden that are said to be few. None where all are hidden and their total is not: of a total, even that much could say which they are.</summary>
    public static IReadOnlySet<WorkforceCount> Few(IReadOnlyList<WorkforceCount> counts)
    {
        var hidden = Hidden(counts);
        var total = counts.Sum(c => c.Count);
        return hidden.Count == counts.Count && Total(total) is not null ? new HashSet<WorkforceCount>() : hidden.Where(c => c.Count < Smallest).ToHashSet();
    }

    /// <summary>How many values one small count may have, for whoever knows this rule: so many small ones beside it, and so many large ones, none larger than the smallest that is shown.</summary>
    private static int MayBe(int sum, int small, int large, int smallestShown)
    {
        var least = Math.Max(1, sum - (small * (Smallest - 1)) - (large * smallestShown));
        var most = Math.Min(Smallest - 1, sum - small - (large * Smallest));
        return most - least + 1;
    }

    /// <summary>Null when all of them are so few that the total is such a count itself.</summary>
    public static int? Total(int? total) => total < Smallest ? null : total;

    /// <summary>Migrants in the counts that are not hidden; null when every count of migrants is.</summary>
    public static int? Migrants(IReadOnlyList<WorkforceCount> counts, string country)
    {
        var (hidden, migrants) = (Hidden(counts), counts.Where(c => c.Nationality != country).ToList());
        return migrants.Count > 0 && migrants.TrueForAll(hidden.Contains) ? null : migrants.Where(c => !hidden.Contains(c)).Sum(c => c.Count);
    }
}

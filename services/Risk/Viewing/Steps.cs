using Recruitment.Risk.Editions;

namespace Recruitment.Risk.Viewing;

/// <summary>What changed a topic's figure, so that one line begins where the one before it ended.</summary>
/// <remarks>The log keeps of each cause and day the first figure and the last. Two causes that took turns on a day may not connect; they are then one step of both.</remarks>
internal static class Steps
{
    public sealed record Step(DateOnly Day, string Cause, int? Before, int After);

    /// <summary>Oldest first. What ended where it began is no change.</summary>
    public static IReadOnlyList<Step> Of(IEnumerable<ScoreChange> changesOfOneTopic, int now)
    {
        var days = changesOfOneTopic.Where(c => c.Before != c.After).GroupBy(c => c.Day).OrderBy(g => g.Key)
            .Select(g => g.OrderBy(c => c.Cause, StringComparer.Ordinal).ToList()).ToList();
        var steps = new List<Step>();
        for (var i = 0; i < days.Count; i++)
        {
            var start = steps.Count > 0 ? steps[^1].After : (int?)null;
            int?[] ends = i + 1 < days.Count ? [.. days[i + 1].Select(c => c.Before)] : [now];
            if (Ordered(days[i], start) is { } order) steps.AddRange(order.Select(c => new Step(c.Day, c.Cause, c.Before, c.After)));
            else if (Together(days[i], start, ends) is { } one) steps.Add(one);
        }
        return steps;
    }

    /// <summary>All of a day's changes, each from where another ended; null when there is no such order.</summary>
    private static IEnumerable<ScoreChange>? Ordered(List<ScoreChange> left, int? from)
    {
        if (left.Count == 0) return [];
        foreach (var next in left.Where(c => c.Before is null || from is null || c.Before == from))
        {
            if (Ordered([.. left.Where(c => c != next)], next.After) is { } rest) return rest.Prepend(next);
        }
        return null;
    }

    private static Step? Together(List<ScoreChange> day, int? start, int?[] ends)
    {
        var last = day.Find(c => ends.Contains(c.After)) ?? day.Find(c => day.TrueForAll(o => o.Before != c.After)) ?? day[^1];
        var first = day.Find(c => c.Before is null) ?? day.Find(c => c != last && day.TrueForAll(o => o.After != c.Before)) ?? day[0];
        var before = first.Before is null ? null : start ?? first.Before;
        return before == last.After ? null : new(day[0].Day, string.Join('+', day.Select(c => c.Cause)), before, last.After);
    }
}

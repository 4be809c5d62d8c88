using System.Globalization;

namespace Recruitment.Grievances.Signals;

/// <summary>What is said in place of a count: from k up to the next of these ends, so that one case more seldom shows.</summary>
/// <remarks>
/// Our own choice of 2026-11 (docs/adr/0010), no published standard. Risk's method weighs these bands by name (`workerVoice.bands`): whoever changes them
/// writes a new dated method too.
/// </remarks>
internal static class Band
{
    private static readonly int[] LowerEnds = [20, 50];

    /// <summary>A lower end that k has reached is none any more: no band begins below k.</summary>
    public static string Of(int count, int smallestGroup)
    {
        int[] ends = [smallestGroup, .. LowerEnds.Where(end => end > smallestGroup)];
        var at = Array.FindLastIndex(ends, end => count >= end);
        return at == ends.Length - 1
            ? string.Create(CultureInfo.InvariantCulture, $"{ends[at]}+")
            : string.Create(CultureInfo.InvariantCulture, $"{ends[at]}-{ends[at + 1] - 1}");
    }
}

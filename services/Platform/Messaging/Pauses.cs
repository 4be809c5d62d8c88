namespace Recruitment.Platform;

/// <summary>Which types of message the bus did not take when last tried, and when each is tried again: soon at first, and never so late that a broker that is back waits for us.</summary>
internal sealed class Pauses
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LongestOfWrong = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, (int Failures, DateTime Until)> failed = [];

    public bool IsSuspect(string type) => failed.ContainsKey(type);

    public DateTime Until(string type, DateTime otherwise) => failed.TryGetValue(type, out var found) ? found.Until : otherwise;

    public void Note(string type, bool failed, DateTime now)
    {
        if (!failed)
        {
            this.failed.Remove(type);
            return;
        }
        var failures = this.failed.GetValueOrDefault(type).Failures + 1;
        this.failed[type] = (failures, now + Doubled(failures, Longest));
    }

    /// <summary>Of a row that this release can never send.</summary>
    public static TimeSpan OfWrong(int attempts) => Doubled(attempts, LongestOfWrong);

    /// <summary>Of a row that failed when it went alone: those of its type go before it.</summary>
    public static TimeSpan OfFailed(int attempts) => Doubled(attempts, 2 * Longest);

    private static TimeSpan Doubled(int times, TimeSpan longest) => TimeSpan.FromSeconds(Math.Min(longest.TotalSeconds, Math.Pow(2, Math.Min(times, 10))));
}

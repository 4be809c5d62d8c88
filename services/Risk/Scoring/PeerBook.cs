using Recruitment.Risk.Reference;
using Recruitment.Risk.Method;

namespace Recruitment.Risk.Scoring;

/// <summary>The values that stand in for what a site did not say: the peers' percentile per input, frozen with the day's edition.</summary>
internal sealed record PeerBook(IReadOnlyDictionary<string, int> Values)
{
    public static PeerBook None { get; } = new(new Dictionary<string, int>());

    public int? Find(SiteInputs site, string input) => Values.TryGetValue(KeyOf(site, input), out var value) ? value : null;

    /// <summary>Counts every site that said something; groups that are too small stay out, so that nobody's answer can be read from them.</summary>
    public static PeerBook From(IEnumerable<SiteInputs> sites, RiskMethod method)
    {
        var counts = new Dictionary<string, SortedDictionary<int, int>>(StringComparer.Ordinal);
        foreach (var site in sites)
        {
            foreach (var (input, value) in PracticeReading.Known(site, method))
            {
                var key = KeyOf(site, input);
                if (!counts.TryGetValue(key, out var values)) counts[key] = values = [];
                values[value] = values.GetValueOrDefault(value) + 1;
            }
        }
        return new(counts.Where(c => c.Value.Values.Sum() >= method.Peers.Minimum)
            .ToDictionary(c => c.Key, c => Percentile(c.Value, method.Peers.Percentile), StringComparer.Ordinal));
    }

    private static string KeyOf(SiteInputs site, string input) => $"{site.Country}|{FactBook.SectionOf(site.Sector)}|{input}";

    private static int Percentile(SortedDictionary<int, int> values, int percent)
    {
        // Nearest rank, from counts: the same whatever order the sites came in.
        var rank = ((values.Values.Sum() * percent) + 99) / 100;
        foreach (var (value, count) in values)
        {
            rank -= count;
            if (rank <= 0) return value;
        }
        return values.Last().Key;
    }
}

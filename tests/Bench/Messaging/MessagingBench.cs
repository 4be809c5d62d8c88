using System.Globalization;

namespace Recruitment.Bench.Messaging;

/// <summary>Outbox, broker and inbox against plain MassTransit on the same broker, and how it grows, fills up and recovers.</summary>
internal static class MessagingBench
{
    private const int Writers = 16;
    private const int WarmUp = 3_000;
    private const int Events = 10_000;
    private const int Rounds = 3;

    /// <summary>By turns, so that what else the machine does befalls both; the middle of the rounds.</summary>
    public static async Task<IReadOnlyList<Figure>> Ratio()
    {
        await using var servers = await OwnServers.Start();
        await using var ours = await Line.Start(servers, "ours");
        await using var plain = await Line.Start(servers, "plain", plain: true);
        var figures = new List<Figure>();
        foreach (var (planned, change) in new[] { (Benchmarks.OutboxRatio, false), (Benchmarks.OutboxRatioWithChange, true) })
        {
            var (mine, peer) = (new List<double>(), new List<double>());
            for (var round = -1; round < Rounds; round++)
            {
                var (a, b) = (await ours.Throughput(round < 0 ? WarmUp : Events, Writers, change), await plain.Throughput(round < 0 ? WarmUp : Events, Writers, change));
                if (round < 0) continue;
                mine.Add(a);
                peer.Add(b);
            }
            if (await ours.HeardTwice() > 0 || await ours.Waiting() > 0) throw new InvalidOperationException("Something was handled twice, or still waits.");
            figures.Add(planned.AtLeast(Middle(mine) / Middle(peer), "MassTransit 8, no outbox/inbox", string.Create(CultureInfo.InvariantCulture,
                $"{Middle(mine):0} events/s against {Middle(peer):0} (rounds: {All(mine)} against {All(peer)}); {Writers} publishers, one consumer process, quorum queue, same message and same row")));
        }
        return figures;
    }

    private static string All(IEnumerable<double> rates) => string.Join(", ", rates.Select(r => r.ToString("0", CultureInfo.InvariantCulture)));

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

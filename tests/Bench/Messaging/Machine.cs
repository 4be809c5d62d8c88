using System.Globalization;

namespace Recruitment.Bench.Messaging;

/// <summary>How busy the machine was between two looks: what a rate was limited by.</summary>
internal sealed record Machine(long Busy, long Waiting, long All)
{
    public static Machine Now()
    {
        // user nice system idle iowait irq softirq steal
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(t => long.Parse(t, CultureInfo.InvariantCulture)).ToList();
        return new(ticks.Sum() - ticks[3] - ticks[4], ticks[4], ticks.Sum());
    }

    public string Since(Machine before) => string.Create(CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} processors {100.0 * (Busy - before.Busy) / (All - before.All):0} % busy, {100.0 * (Waiting - before.Waiting) / (All - before.All):0} % waiting for the disk");
}

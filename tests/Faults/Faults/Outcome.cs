using System.Globalization;
using System.Text;

namespace Recruitment.Faults.Tests.Faults;

/// <summary>What came of one fault: how long until everything worked again, and what was wrong afterwards.</summary>
internal sealed record Outcome(Fault Fault, TimeSpan Recovery, IReadOnlyList<string> Wrong)
{
    /// <summary>The table at the end, a line for each kind.</summary>
    public static string Table(IEnumerable<Outcome> outcomes)
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"{"fault",-62} {"times",5} {"failed",6} {"recovery: median",17} {"longest",8}");
        foreach (var kind in outcomes.GroupBy(o => $"{Group(o.Fault)} {o.Fault.Kind}").OrderBy(g => g.Key, StringComparer.Ordinal)) Line(table, kind.Key, [.. kind]);
        Line(table, "all", [.. outcomes]);
        return table.ToString();
    }

    private static void Line(StringBuilder table, string what, IReadOnlyList<Outcome> outcomes)
    {
        var times = outcomes.Select(o => o.Recovery.TotalSeconds).Order().ToList();
        if (times.Count == 0) return;
        table.AppendLine(CultureInfo.InvariantCulture, $"{what,-62} {times.Count,5} {outcomes.Count(o => o.Wrong.Count > 0),6} {times[times.Count / 2],15:0.0} s {times[^1],6:0.0} s");
    }

    private static string Group(Fault fault) => fault.Target is Fault.Broker or Fault.Database or "everything" or "the one process" ? fault.Target : fault.Target is "gateway" or "web" ? fault.Target : "a service";
}

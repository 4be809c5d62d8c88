using System.Globalization;
using System.Text.Json;
using Recruitment.Bench.Identity;
using Recruitment.Bench.Messaging;

namespace Recruitment.Bench;

/// <summary>Measures what was asked for, or everything; prints a table and writes bench.json.</summary>
internal static class Program
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static async Task<int> Main(string[] args)
    {
        if (args is ["--station", var role]) return await Station.Run(role);
        if (args is ["--bare-issuer", var address]) return await BareIssuer.Run(address);

        var pairs = Array.IndexOf(args, "--pairs") is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        var names = args.Where(a => a != "--pairs" && a != pairs).ToList();
        var unknown = names.Where(n => !Benchmarks.Names.Any(b => b.StartsWith(n, StringComparison.Ordinal))).ToList();
        if (unknown.Count > 0)
        {
            await Console.Error.WriteLineAsync($"There is no benchmark {unknown[0]}. There are: {string.Join(", ", Benchmarks.Names)}.");
            return 2;
        }

        var wanted = Benchmarks.Names.Where(b => names.Count == 0 || names.Any(n => b.StartsWith(n, StringComparison.Ordinal))).ToList();
        var figures = await Benchmarks.Run(wanted, names, pairs);
        Print(figures);
        await File.WriteAllTextAsync("bench.json", JsonSerializer.Serialize(figures, Json) + "\n");
        return 0;
    }

    private static void Print(IReadOnlyList<Figure> figures)
    {
        Console.WriteLine($"{"name",-36} {"value",12} {"unit",-8} {"goal",-14} {"met",-4} {"peer",-28} {"ratio",8}");
        foreach (var f in figures)
        {
            var met = f.Met switch { true => "yes", false => "NO", null => "" };
            var value = f.Value?.ToString(CultureInfo.InvariantCulture) ?? "-";
            var ratio = f.Ratio?.ToString(CultureInfo.InvariantCulture) ?? "";
            var goal = f.Goal is null ? "" : $"{(f.GoalIsLeast ? ">=" : "<=")} {f.Goal.Value.ToString(CultureInfo.InvariantCulture)}";
            Console.WriteLine($"{f.Name,-36} {value,12} {f.Unit,-8} {goal,-14} {met,-4} {f.Peer,-28} {ratio,8}");
            if (f.Note is not null) Console.WriteLine($"{"",-36} {f.Note}");
        }
    }
}

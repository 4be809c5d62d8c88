using Recruitment.Bench.Identity;
using Recruitment.Bench.Messaging;

namespace Recruitment.Bench;

/// <summary>Every figure by its stable name, with its unit and goal, and what measures it. Each measurement starts a product of its own.</summary>
internal static class Benchmarks
{
    public static readonly Planned WarmStart = new("start.warm_first_page", "s", 5);
    public static readonly Planned WorkerPageBytes = new("workers.first_page_bytes", "bytes", 10_000);
    public static readonly Planned WorkingSet = new("memory.working_set_after_main_job", "MB", 400);
    public static readonly Planned EventToScore = new("risk.event_to_score", "s", 2);
    public static readonly Planned Rescore = new("risk.rescore_1000_sites", "s");
    public static readonly Planned RescoreGrowth = new("risk.rescore_growth_per_site", "times", 1.5);
    public static readonly Planned Import = new("suppliers.import_1m_rows", "rows/s");
    public static readonly Planned ImportMemory = new("suppliers.import_1m_rows_peak_memory", "MB");
    public static readonly Planned OutboxRatio = new("messaging.outbox_ratio", "times", 0.5);
    public static readonly Planned OutboxRatioWithChange = new("messaging.outbox_ratio_with_change", "times", 0.5);
    public static readonly Planned WriteLatency = new("messaging.write_latency_added_ms", "ms");
    public static readonly Planned WriteLatency95 = new("messaging.write_latency_added_p95_ms", "ms");
    public static readonly Planned GrowthOfTwo = new("messaging.growth_2_consumers", "times");
    public static readonly Planned GrowthOfFour = new("messaging.growth_4_consumers", "times");
    public static readonly Planned Recovery = new("messaging.recovery_s", "s", 30);
    public static readonly Planned MillionGrowth = new("messaging.million_memory_growth", "times", 1.2);
    public static readonly Planned Prefetch = new("messaging.prefetch", "messages");
    public static readonly Planned TokenRatio = new("identity.client_tokens_ratio", "times", 0.1);
    public static readonly Planned SignIn95 = new("identity.sign_in_p95_ms", "ms", 300);
    public static readonly Planned AccessCost = new("identity.access_check_us", "us", 50);
    private static readonly Planned Match = new("suppliers.match", "F1");

    private static readonly (Planned[] Figures, Func<Task<IReadOnlyList<Figure>>> Measure)[] All =
    [
        ([WarmStart], () => On(product => Task.FromResult<IReadOnlyList<Figure>>([WarmStart.AtMost(product.WarmStart)]))),
        ([WorkerPageBytes], () => On(async product => [WorkerPageBytes.AtMost(await WorkerPage.Measure(product))])),
        ([WorkingSet], async () => [await Memory.AfterMainJob()]),
        ([EventToScore], () => On(async product => [await RiskBench.EventToScore(product)])),
        ([Rescore, RescoreGrowth], () => On(RiskBench.Rescore)),
        ([OutboxRatio, OutboxRatioWithChange], MessagingBench.Ratio),
        ([WriteLatency, WriteLatency95], MessagingBench.Latency),
        ([GrowthOfTwo, GrowthOfFour], MessagingBench.Growth),
        ([Recovery], MessagingBench.Recovery),
        ([TokenRatio], TokenBench.Run),
        ([SignIn95], SignInBench.Run),
        ([AccessCost], AccessBench.Run),
        ([Import, ImportMemory], () => On(ImportBench.Run)),
    ];

    /// <summary>Measured only when asked for by their own names: they take longer than all others together.</summary>
    private static readonly (Planned[] Figures, Func<Task<IReadOnlyList<Figure>>> Measure)[] ByName =
    [
        ([MillionGrowth], MessagingBench.Million),
        ([Prefetch], MessagingBench.Prefetch),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Concat(ByName).SelectMany(b => b.Figures).Append(Match).Select(f => f.Name)];

    public static async Task<IReadOnlyList<Figure>> Run(IReadOnlyCollection<string> wanted, IReadOnlyCollection<string> asked, string? pairs)
    {
        var figures = new List<Figure>();
        foreach (var (planned, measure) in All.Where(b => b.Figures.Any(f => wanted.Contains(f.Name)))) figures.AddRange(await Measured(planned, measure));
        foreach (var (planned, measure) in ByName.Where(b => b.Figures.Any(f => wanted.Contains(f.Name))))
        {
            figures.AddRange(planned.Any(f => asked.Contains(f.Name))
                ? await Measured(planned, measure)
                : planned.Select(f => f.NotMeasured($"Takes long: ask for it by its own name, ./bench {f.Name}.")));
        }
        if (wanted.Contains(Match.Name))
        {
            figures.Add(Match.NotMeasured(pairs is null ? "Give labelled pairs with --pairs FILE." : "Suppliers has no matcher yet."));
        }
        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> On(Func<Product, Task<IReadOnlyList<Figure>>> measure)
    {
        await using var product = await Product.Start();
        return await measure(product);
    }

    private static async Task<IReadOnlyList<Figure>> Measured(Planned[] planned, Func<Task<IReadOnlyList<Figure>>> measure)
    {
        try
        {
            return await measure();
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // One that could not be measured is shown as such, and the others still are.
            return [.. planned.Select(figure => figure.NotMeasured(problem.Message.Split('\n')[0]))];
        }
    }
}

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
    private static readonly Planned Match = new("suppliers.match", "F1");

    private static readonly (Planned[] Figures, Func<Task<IReadOnlyList<Figure>>> Measure)[] All =
    [
        ([WarmStart], () => On(product => Task.FromResult<IReadOnlyList<Figure>>([WarmStart.AtMost(product.WarmStart)]))),
        ([WorkerPageBytes], () => On(async product => [WorkerPageBytes.AtMost(await WorkerPage.Measure(product))])),
        ([WorkingSet], async () => [await Memory.AfterMainJob()]),
        ([EventToScore], () => On(async product => [await RiskBench.EventToScore(product)])),
        ([Rescore, RescoreGrowth], () => On(RiskBench.Rescore)),
        ([OutboxRatio, OutboxRatioWithChange], MessagingBench.Ratio),
        ([Import, ImportMemory], () => On(ImportBench.Run)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.SelectMany(b => b.Figures).Append(Match).Select(f => f.Name)];

    public static async Task<IReadOnlyList<Figure>> Run(IReadOnlyCollection<string> wanted, string? pairs)
    {
        var figures = new List<Figure>();
        foreach (var (planned, measure) in All.Where(b => b.Figures.Any(f => wanted.Contains(f.Name)))) figures.AddRange(await Measured(planned, measure));
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

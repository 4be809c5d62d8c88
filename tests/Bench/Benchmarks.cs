namespace Recruitment.Bench;

/// <summary>Every benchmark by its stable name. Each makes the figures it is named after, and needs a fresh product unless it only looks.</summary>
internal static class Benchmarks
{
    private sealed record Benchmark(string[] Names, string Unit, double? Goal, Func<Task<IReadOnlyList<Figure>>> Measure);

    private static readonly Benchmark[] All =
    [
        new(["start.warm_first_page"], "s", 5, () => On(async product => [await Task.FromResult(Figure.AtMost("start.warm_first_page", product.WarmStart, "s", 5))])),
        new(["workers.first_page_bytes"], "bytes", 10_000, () => On(async product => [Figure.AtMost("workers.first_page_bytes", await WorkerPage.Measure(product), "bytes", 10_000)])),
        new(["memory.working_set_after_main_job"], "MB", 400, async () => [await Memory.AfterMainJob()]),
        new(["risk.event_to_score"], "s", 2, () => On(async product => [await RiskBench.EventToScore(product)])),
        new(["risk.rescore_1000_sites", "risk.rescore_growth_per_site"], "s", null, () => On(RiskBench.Rescore)),
        new(["suppliers.import_1m_rows", "suppliers.import_1m_rows_peak_memory"], "rows/s", null, () => On(ImportBench.Run)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.SelectMany(b => b.Names), "suppliers.match"];

    public static async Task<IReadOnlyList<Figure>> Run(IReadOnlyCollection<string> wanted, string? pairs)
    {
        var figures = new List<Figure>();
        foreach (var benchmark in All.Where(b => b.Names.Any(wanted.Contains))) figures.AddRange(await Measured(benchmark));
        if (wanted.Contains("suppliers.match"))
        {
            figures.Add(Figure.NotMeasured("suppliers.match", "F1", null, pairs is null ? "Give labelled pairs with --pairs FILE." : "Suppliers has no matcher yet."));
        }
        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> On(Func<Product, Task<IReadOnlyList<Figure>>> measure)
    {
        await using var product = await Product.Start();
        return await measure(product);
    }

    private static async Task<IReadOnlyList<Figure>> Measured(Benchmark benchmark)
    {
        try
        {
            return await benchmark.Measure();
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // One that could not be measured is shown as such, and the others still are.
            return [.. benchmark.Names.Select(name => Figure.NotMeasured(name, benchmark.Unit, benchmark.Goal, problem.Message.Split('\n')[0]))];
        }
    }
}

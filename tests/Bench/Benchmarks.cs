namespace Recruitment.Bench;

/// <summary>Every benchmark by its stable name, in the order in which they run against one started product.</summary>
internal static class Benchmarks
{
    private static readonly (string Name, string Unit, double Limit, Func<Product, Task<double>> Measure)[] OnProduct =
    [
        ("start.warm_first_page", "s", 5, product => Task.FromResult(product.WarmStart)),
        ("workers.first_page_bytes", "bytes", 10_000, WorkerPage.Measure),
        // Last: after everything above was done.
        ("memory.working_set_after_main_job", "MB", 400, product => Task.FromResult(product.ResidentMegabytes())),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. OnProduct.Select(b => b.Name), "suppliers.match"];

    public static async Task<IReadOnlyList<Figure>> Run(IReadOnlyCollection<string> wanted, string? pairs)
    {
        var figures = new List<Figure>();
        if (OnProduct.Any(b => wanted.Contains(b.Name)))
        {
            await using var product = await Product.Start();
            foreach (var (name, unit, limit, measure) in OnProduct.Where(b => wanted.Contains(b.Name)))
            {
                figures.Add(await Measured(name, unit, limit, () => measure(product)));
            }
        }
        if (wanted.Contains("suppliers.match"))
        {
            figures.Add(Figure.NotMeasured("suppliers.match", "F1", null, pairs is null ? "Give labelled pairs with --pairs FILE." : "Suppliers has no matcher yet."));
        }
        return figures;
    }

    private static async Task<Figure> Measured(string name, string unit, double limit, Func<Task<double>> measure)
    {
        try
        {
            return Figure.AtMost(name, await measure(), unit, limit);
        }
        catch (Exception problem) when (problem is HttpRequestException or TimeoutException or InvalidOperationException)
        {
            return Figure.NotMeasured(name, unit, limit, problem.Message.Split('\n')[0]);
        }
    }
}

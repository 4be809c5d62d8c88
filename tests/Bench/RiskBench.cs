using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Recruitment.Testing;

namespace Recruitment.Bench;

/// <summary>How soon what somebody did is in the score, and how long a new day takes to score every site again.</summary>
internal static class RiskBench
{
    private const int Events = 24;

    /// <summary>From the supplier's call to the brand's changed figure, asked for every few milliseconds; the 95th percentile.</summary>
    public static async Task<Figure> EventToScore(Product product)
    {
        using var chain = await Chain.Of(product);
        var site = await chain.AddSite(1);
        var catalogue = (await chain.Supplier.GetFromJsonAsync<JsonElement>("api/v1/suppliers/questions")).GetProperty("version").GetString();
        var seconds = new List<double>();
        await Wait.Until(async () => await Fees() is not null, "the site was not scored");
        for (var i = 0; i < Events; i++)
        {
            var before = await Fees();
            var watch = Stopwatch.StartNew();
            var answers = new Dictionary<string, string> { ["fees.payer"] = i % 2 == 0 ? "worker_all" : "employer_all" };
            (await chain.Supplier.PutAsJsonAsync($"api/v1/suppliers/mine/sites/{site}/self-assessment", new { catalogueVersion = catalogue, answers })).EnsureSuccessStatusCode();
            while (await Fees() == before)
            {
                if (watch.Elapsed > TimeSpan.FromSeconds(60)) throw new TimeoutException("A changed answer did not reach the score within a minute.");
                await Task.Delay(5);
            }
            seconds.Add(watch.Elapsed.TotalSeconds);
        }
        seconds.Sort();
        var figure = Benchmarks.EventToScore.AtMost(seconds[(int)Math.Ceiling(0.95 * Events) - 1]);
        return figure with { Note = $"95th percentile of {Events} changed self-assessments; median {seconds[Events / 2]:0.000} s" };

        async Task<int?> Fees()
        {
            using var answer = await chain.Brand.GetAsync($"api/v1/risk/sites/{site}");
            return answer.StatusCode == HttpStatusCode.NotFound ? null : (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("topics").EnumerateArray()
                .First(t => t.GetProperty("estimate").GetProperty("topic").GetString() == "fees_and_debt").GetProperty("estimate").GetProperty("residual").GetInt32();
        }
    }

    /// <summary>Seconds from the opening of a new day's edition until every site stands on it, at three sizes; growth is the time a site at the largest over that at the smallest.</summary>
    public static async Task<IReadOnlyList<Figure>> Rescore(Product product)
    {
        using var chain = await Chain.Of(product);
        var sites = 0;
        var taken = new List<(int Sites, double Seconds)>();
        foreach (var size in new[] { 100, 1000, 10_000 })
        {
            await Parallel.ForAsync(sites, size, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) => await chain.AddSite(i));
            sites = size;
            var known = await Until(product, "SELECT COUNT(*) FROM Scores", n => n >= size, TimeSpan.FromMinutes(10));
            taken.Add(((int)known.Value, await NewDay(product, taken.Count + 1)));
        }
        var growth = taken[^1].Seconds / taken[^1].Sites / (taken[0].Seconds / taken[0].Sites);
        return
        [
            Benchmarks.Rescore.Shown(taken[1].Seconds, $"{taken[0].Sites} sites: {taken[0].Seconds:0.000} s; {taken[2].Sites} sites: {taken[2].Seconds:0.000} s"),
            Benchmarks.RescoreGrowth.AtMost(growth),
        ];
    }

    private static async Task<double> NewDay(Product product, int day)
    {
        var before = (await Until(product, "SELECT MAX(Number) FROM Editions", _ => true, TimeSpan.Zero)).Value;
        await File.WriteAllTextAsync(Path.Combine(product.Folder, "demonstration-clock"), TimeSpan.FromDays(day).Ticks.ToString(CultureInfo.InvariantCulture));
        await Until(product, "SELECT MAX(Number) FROM Editions", n => n > before, TimeSpan.FromMinutes(1));
        return (await Until(product, "SELECT COUNT(*) FROM Scores WHERE Edition < (SELECT MAX(Number) FROM Editions)", n => n == 0, TimeSpan.FromMinutes(10))).Seconds;
    }

    /// <summary>Looks into the service's file, since no answer says how many sites still stand on yesterday.</summary>
    private static async Task<(long Value, double Seconds)> Until(Product product, string question, Func<long, bool> holds, TimeSpan atMost)
    {
        await using var file = new SqliteConnection($"Data Source={Path.Combine(product.Folder, "risk.db")};Mode=ReadOnly");
        await file.OpenAsync();
        await using var command = file.CreateCommand();
        command.CommandText = question;
        for (var watch = Stopwatch.StartNew(); ;)
        {
            var value = Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
            if (holds(value)) return (value, watch.Elapsed.TotalSeconds);
            if (watch.Elapsed > atMost) throw new TimeoutException($"After {watch.Elapsed.TotalSeconds:0} s still: {question} = {value}.");
            await Task.Delay(20);
        }
    }
}

using System.Globalization;
using System.Text.Json;
using Recruitment.AllInOne.Demonstration;

namespace Recruitment.Faults.Tests.Load;

/// <summary>A supplier that counts its workers anew, answers about its practice and enters places of work.</summary>
internal sealed class Supplier(int seed, HttpClient http, Persistence persistence) : Actor(seed)
{
    private const string Root = "api/v1/suppliers";
    private readonly Dictionary<string, string> answers = new(StringComparer.Ordinal);
    private readonly HashSet<string> sites = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> questions = new(StringComparer.Ordinal);
    private string version = "";
    private Guid site;
    private int? workers;
    private int number;

    public async Task Begin(CancellationToken stop)
    {
        var mine = await http.Get($"{Root}/mine", stop);
        site = mine.GetProperty("sites")[0].GetProperty("id").GetGuid();
        sites.UnionWith(Names(mine));
        foreach (var answer in mine.GetProperty("sites")[0].GetProperty("answers").EnumerateObject()) answers[answer.Name] = answer.Value.GetString()!;
        var asked = await http.Get($"{Root}/questions", stop);
        version = asked.GetProperty("version").GetString()!;
        foreach (var question in asked.GetProperty("questions").EnumerateArray())
            questions[question.GetProperty("code").GetString()!] = [.. question.GetProperty("options").EnumerateArray().Select(o => o.GetProperty("code").GetString()!)];
    }

    public override Task Write(CancellationToken stop) => Random.Next(20) switch { 0 => Enter(stop), < 10 => Count(stop), _ => Answer(stop) };

    public override async Task<IReadOnlyList<string>> Wrong(CancellationToken stop)
    {
        var mine = await http.Get($"{Root}/mine", stop);
        var wrong = Recruiter.Compared(Names(mine), sites, "place of work");
        var read = mine.GetProperty("sites").EnumerateArray().Single(s => s.GetProperty("id").GetGuid() == site);
        wrong.AddRange(Recruiter.Compared(read.GetProperty("answers").EnumerateObject().Select(a => $"{a.Name} {a.Value.GetString()}"), answers.Select(a => $"{a.Key} {a.Value}"), "answer about practice"));
        if (workers is { } counted)
        {
            var (total, cells) = (read.GetProperty("workersTotal").GetInt32(), read.GetProperty("workforce").EnumerateArray().Sum(c => c.GetProperty("workers").GetInt32()));
            if ((total, cells) != (counted, counted)) wrong.Add($"The workers acknowledged last were {counted}; there are {total} in total and {cells} by nationality.");
        }
        return wrong;
    }

    private async Task Count(CancellationToken stop)
    {
        // Strictly more each time, so that an older count can be told from the newest.
        var (women, men) = (100 + (++number * 2), Random.Next(50, 90));
        await persistence.Once(http, HttpMethod.Put, $"{Root}/mine/sites/{site}/workforce", () => JsonContent.Create(new
        {
            asOf = "2026-10-01", counts = new[] { new { nationality = "THA", sex = "female", workers = women }, new { nationality = "MMR", sex = "male", workers = men } },
        }), stop);
        workers = women + men;
    }

    private async Task Answer(CancellationToken stop)
    {
        var question = questions.Keys.Order(StringComparer.Ordinal).ElementAt(Random.Next(questions.Count));
        var option = questions[question][Random.Next(questions[question].Length)];
        await persistence.Once(http, HttpMethod.Put, $"{Root}/mine/sites/{site}/self-assessment",
            () => JsonContent.Create(new { catalogueVersion = version, answers = new Dictionary<string, string> { [question] = option } }), stop);
        answers[question] = option;
    }

    private async Task Enter(CancellationToken stop)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Finishing hall {Seed} {++number}");
        await persistence.Once(http, HttpMethod.Post, $"{Root}/mine/sites", () => JsonContent.Create(new { name, address = $"{number} Soi Rim Khlong", country = "THA", sector = "Knitwear" }), stop);
        sites.Add(name);
    }

    private JsonElement Of(JsonElement mine) => mine.GetProperty("sites").EnumerateArray().Single(s => s.GetProperty("id").GetGuid() == site);

    private int? Total(JsonElement mine) => Of(mine).GetProperty("workersTotal") is { ValueKind: JsonValueKind.Number } total ? total.GetInt32() : null;

    private static IEnumerable<string> Names(JsonElement mine) => mine.GetProperty("sites").EnumerateArray().Select(s => s.GetProperty("name").GetString()!);
}

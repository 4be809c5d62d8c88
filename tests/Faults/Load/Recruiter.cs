using System.Net.Http.Headers;
using Recruitment.AllInOne.Demonstration;

namespace Recruitment.Faults.Tests.Load;

/// <summary>A recruiter that answers its application and attaches evidence.</summary>
internal sealed class Recruiter(int seed, HttpClient http, Persistence persistence) : Actor(seed)
{
    private const string Root = "api/v1/accreditation";
    private static readonly string[] Values = ["conform", "partly"];
    private readonly SortedDictionary<string, string> answers = new(StringComparer.Ordinal);
    private readonly List<string> evidence = [];
    private List<string> indicators = [];
    private string application = "";
    private int number;

    public async Task Begin(CancellationToken stop)
    {
        var begun = await http.Post($"{Root}/applications", new { corridors = new[] { "MMR-THA" }, sectors = new[] { "C10" } }, stop);
        application = $"{Root}/applications/{begun.GetProperty("id").GetGuid()}";
        indicators = [.. (await http.Get($"{Root}/scheme", stop)).GetProperty("principles").EnumerateArray().SelectMany(p => p.GetProperty("criteria").EnumerateArray())
            .SelectMany(c => c.GetProperty("indicators").EnumerateArray()).Select(i => i.GetProperty("code").GetString()!)];
    }

    public override Task Write(CancellationToken stop) => Random.Next(10) < 2 ? Attach(stop) : Answer(stop);

    public override async Task<IReadOnlyList<string>> Wrong(CancellationToken stop)
    {
        var read = await http.Get(application, stop);
        var wrong = Compared(read.GetProperty("answers").EnumerateArray().Select(a => $"{a.GetProperty("indicator").GetString()} {a.GetProperty("value").GetString()} {a.GetProperty("note").GetString()}"),
            answers.Select(a => $"{a.Key} {a.Value}"), "answer");
        wrong.AddRange(Compared(read.GetProperty("evidence").EnumerateArray().Select(e => e.GetProperty("description").GetString()!), evidence, "evidence"));
        return wrong;
    }

    /// <summary>What is missing and what is there too often, in a sentence each.</summary>
    public static List<string> Compared(IEnumerable<string> there, IEnumerable<string> acknowledged, string what)
    {
        var (found, wanted) = (there.CountBy(t => t).ToDictionary(), acknowledged.ToHashSet(StringComparer.Ordinal));
        return
        [
            .. wanted.Where(w => !found.ContainsKey(w)).Select(w => $"The {what} “{w}” was acknowledged and is not there."),
            .. found.Where(f => f.Value > 1).Select(f => $"The {what} “{f.Key}” is there {f.Value} times."),
            .. found.Keys.Where(f => !wanted.Contains(f)).Select(f => $"The {what} “{f}” is there and was never acknowledged."),
        ];
    }

    private async Task Answer(CancellationToken stop)
    {
        var note = $"Note {++number}.";
        var said = Random.GetItems(indicators.ToArray(), 3).Distinct().Select(i => (Indicator: i, Value: Values[Random.Next(Values.Length)])).ToList();
        await persistence.Once(http, HttpMethod.Put, $"{application}/answers",
            () => JsonContent.Create(new { answers = said.Select(s => new { indicator = s.Indicator, value = s.Value, note }) }), stop);
        foreach (var (indicator, value) in said) answers[indicator] = $"{value} {note}";
    }

    private async Task Attach(CancellationToken stop)
    {
        var (description, indicator) = ($"Licence, copy {++number}", indicators[Random.Next(indicators.Count)]);
        await persistence.Once(http, HttpMethod.Post, $"{application}/evidence", () => File(indicator, description), stop);
        evidence.Add(description);
    }

    private static MultipartFormDataContent File(string indicator, string description)
    {
        var file = new ByteArrayContent("Licence, names blacked out."u8.ToArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        return new()
        {
            { new StringContent(indicator), "indicator" }, { new StringContent(description), "description" },
            { new StringContent("document"), "level" }, { new StringContent("true"), "redacted" }, { file, "file", "licence.txt" },
        };
    }
}

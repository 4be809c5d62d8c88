using System.Globalization;
using System.Text;
using System.Text.Json;
using Recruitment.AllInOne.Demonstration;

namespace Recruitment.Faults.Tests.Load;

/// <summary>A brand that hands in short lists; each accepted row makes an organisation and a place of work, and Risk hears of both.</summary>
internal sealed class Brand(int seed, HttpClient http, Persistence persistence) : Actor(seed)
{
    private const string Root = "api/v1/suppliers";
    private const int Rows = 2;
    private readonly List<string> names = [];
    private int number;
    private int looked;

    public override TimeSpan Pause => TimeSpan.FromMilliseconds(Random.Next(2000, 4000));

    public override async Task Write(CancellationToken stop)
    {
        var (file, made) = ($"list-{++number}.csv", Enumerable.Range(1, Rows).Select(row => $"Quiet harbour works {Seed} {number} {row}").ToList());
        var list = new StringBuilder("Vendor No,Factory name,Country,Address,Sector,Workers\n");
        foreach (var name in made) list.Append(CultureInfo.InvariantCulture, $"V-{number},{name},Thailand,\"{number} Moo 3, Samut Sakhon 74000\",Apparel,120\n");
        await persistence.Once(http, HttpMethod.Post, $"{Root}/imports?fileName={file}", () => new ByteArrayContent(Encoding.UTF8.GetBytes(list.ToString())),
            stop, isThere: async () => await Find(file, stop) is not null);
        names.AddRange(made);
    }

    public override async Task<IReadOnlyList<string>> Wrong(CancellationToken stop)
    {
        // Read by now, whatever was killed meanwhile: what a killed reader had begun is leased for 20 seconds.
        await Calls.Until(async () => (await Lists(stop)).All(i => i.GetProperty("status").GetString() is "done" or "failed"), "A list was not read", stop);
        var wrong = new List<string>();
        foreach (var import in (await Lists(stop)).Where(i => i.GetProperty("fileName").GetString()!.StartsWith("list-", StringComparison.Ordinal)))
        {
            var (status, accepted) = (import.GetProperty("status").GetString(), import.GetProperty("accepted").GetInt32());
            if (status != "done" || accepted != Rows) wrong.Add($"{import.GetProperty("fileName").GetString()} is {status} with {accepted} rows of {Rows}.");
        }
        for (; looked < names.Count; looked++)
        {
            var found = (await http.Get($"{Root}/relations?query={Uri.EscapeDataString(names[looked])}", stop)).GetProperty("suppliers").EnumerateArray()
                .Where(s => s.GetProperty("name").GetString() == names[looked]).Select(s => s.GetProperty("sites").GetInt32()).ToList();
            if (found is not [1]) wrong.Add($"{names[looked]} was listed and is there as {found.Count} suppliers with {string.Join(", ", found)} sites.");
        }
        return wrong;
    }

    /// <summary>The same in Risk: every site of an accepted row, once.</summary>
    public async Task<IReadOnlyList<string>> WrongInRisk(CancellationToken stop)
    {
        var shown = new List<string>();
        for (string? page = "api/v1/risk/sites"; page is not null;)
        {
            var sites = await http.Get(page, stop);
            shown.AddRange(sites.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("site").GetString()!));
            page = sites.GetProperty("next") is { ValueKind: JsonValueKind.String } next ? $"api/v1/risk/sites?cursor={Uri.EscapeDataString(next.GetString()!)}" : null;
        }
        return Recruiter.Compared(shown.Where(s => s.StartsWith("Quiet harbour works", StringComparison.Ordinal)), names, "estimate of");
    }

    /// <summary>Of all pages. A release before 2026-11-30 answers with an array, and in an upgrade it is still there.</summary>
    private async Task<List<JsonElement>> Lists(CancellationToken stop)
    {
        var lists = new List<JsonElement>();
        for (string? page = $"{Root}/imports"; page is not null;)
        {
            var answer = await http.Get(page, stop);
            if (answer.ValueKind == JsonValueKind.Array) return [.. answer.EnumerateArray()];
            lists.AddRange(answer.GetProperty("items").EnumerateArray());
            page = answer.GetProperty("next") is { ValueKind: JsonValueKind.String } next ? $"{Root}/imports?cursor={Uri.EscapeDataString(next.GetString()!)}" : null;
        }
        return lists;
    }

    private async Task<JsonElement?> Find(string file, CancellationToken stop) => (await Lists(stop))
        .Cast<JsonElement?>().FirstOrDefault(i => i!.Value.GetProperty("fileName").GetString() == file);
}

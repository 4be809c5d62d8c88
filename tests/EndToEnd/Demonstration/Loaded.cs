using System.Globalization;
using System.Text.Json;
using Recruitment.AllInOne.Demonstration;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Demonstration;

/// <summary>The demonstration as it stands after a first start, and what its people see first.</summary>
public sealed class Loaded : IAsyncLifetime
{
    private readonly Dictionary<string, string> settings = [];
    private Running running = null!;

    public const string Site = "Chao Phraya Knitwear Works";

    public Loaded()
    {
    }

    internal Loaded(int cases) => settings["Demonstration:Cases"] = cases.ToString(CultureInfo.InvariantCulture);

    internal Running Running => running;

    internal Entrance Entrance => new(running.Address, Secret);

    internal Loader Loader => new(running.Address, Secret);

    internal static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal Task<HttpClient> Person(string email) => Entrance.Person(email, Loader.Password, Stop);

    /// <summary>What the brand sees of its sites.</summary>
    internal async Task<JsonElement> Portfolio()
    {
        using var brand = await Entrance.Machine($"demo-{Roles.BrandAnalyst}", Stop);
        return await brand.Get("api/v1/risk/sites", Stop);
    }

    /// <summary>The line of worker voice on the site that the cases are about; null when there is none.</summary>
    internal static JsonElement? VoiceIn(JsonElement portfolio) => portfolio.GetProperty("items").EnumerateArray()
        .Single(i => i.GetProperty("site").GetString() == Site).GetProperty("workerVoice") is { ValueKind: JsonValueKind.Object } line ? line : null;

    /// <summary>The cases as the demonstration's case handler opens them with the printed passphrase.</summary>
    internal async Task<IReadOnlyList<OpenedCase>> OpenedCases()
    {
        using var handler = await Person("noi@open-hand.example");
        var reader = await CaseReader.Enter(handler, Loader.Passphrase, Stop);
        var opened = new List<OpenedCase>();
        foreach (var id in await reader.Cases(Stop)) opened.Add(await reader.Open(id, Stop));
        return opened;
    }

    /// <summary>Moves the clock to the next release; returns when it is over and the brand's estimates are of that day.</summary>
    internal async Task Release()
    {
        using var administrator = await Entrance.Machine($"demo-{Roles.Administrator}", Stop);
        var next = await administrator.Get("api/v1/grievances/releases/next", Stop);
        var day = next.GetProperty("dueOn").GetString();
        await administrator.Post("api/v1/identity/demonstration/clock", new { to = day }, Stop);
        await Wait.Until(async () => (await administrator.Get("api/v1/grievances/releases/next", Stop)).GetProperty("period").GetString() != next.GetProperty("period").GetString(),
            "the release did not happen");
        await Wait.Until(async () => (await Portfolio()).GetProperty("asOf").GetString() == day, "the estimates are not of that day");
    }

    public async ValueTask InitializeAsync() => running = await Running.AsOneProcess(settings: settings);

    public async ValueTask DisposeAsync() => await running.DisposeAsync();

    private string Secret(string name) => File.ReadAllText(Path.Combine(running.DataFolder, "secrets", name));
}

using System.Globalization;
using Recruitment.Platform;

namespace Recruitment.AllInOne.Demonstration;

/// <summary>Plays the beginning of the scenario over the documented API, with the tokens of those whose part it is. Each step looks first whether it is done.</summary>
internal sealed class Loader(Uri address, Func<string, string> secret)
{
    /// <summary>The one that Identity gives its demonstration people.</summary>
    public const string Password = "demonstration";

    /// <summary>Opens the demonstration case handler's key. Printed by ./run; worthless elsewhere.</summary>
    public const string Passphrase = "four quiet paper lanterns";

    private readonly Scenario scenario = Scenario.Read();
    private readonly Entrance entrance = new(address, secret);

    /// <summary>How many cases there are to file at most.</summary>
    public int Cases => scenario.Cases.Count;

    /// <summary>Whose key the passphrase opens.</summary>
    public string CaseHandler => scenario.People.CaseHandler;

    /// <param name="cases">So many cases are filed and confirmed, of those that the scenario has.</param>
    /// <param name="stop">Stops it between two steps; the next start continues.</param>
    public async Task Load(int cases, CancellationToken stop)
    {
        using var administrator = await entrance.Machine($"demo-{Roles.Administrator}", stop);
        // One that somebody has corrected since stays corrected.
        var known = (await administrator.Get($"api/v1/suppliers/parties?{string.Join('&', scenario.Parties.Select(p => $"ids={p.Id}"))}", stop)).GetProperty("items")
            .EnumerateArray().Select(p => p.GetProperty("id").GetGuid()).ToHashSet();
        foreach (var party in scenario.Parties.Where(p => !known.Contains(p.Id)))
            await administrator.Put($"api/v1/suppliers/parties/{party.Id}", new { party.Kind, party.Name, party.Country }, stop);

        var today = DateOnly.Parse((await administrator.Get("api/v1/identity/demonstration/clock", stop)).GetProperty("today").GetString()!, CultureInfo.InvariantCulture);

        // First the reader: from then on the worker form is open.
        using var handler = await entrance.Person(scenario.People.CaseHandler, Password, stop);
        var reader = await CaseReader.Enter(handler, Passphrase, stop);
        await administrator.Put($"api/v1/grievances/readers/{reader.Id}/intake", new { intake = true }, stop);

        var chain = new SupplyChain(scenario, entrance, today);
        await chain.HandInLists(stop);
        var site = await chain.LetSupplierAnswer(stop);
        await new Assessments(scenario, entrance).Advance(stop);

        using var form = new WorkerForm(address);
        await new SeedCases(form, reader).FileAndConfirm(
            [.. scenario.Cases.Take(cases).Select(c => new Telling(c.Language, scenario.CasesAbout, scenario.CasesTopic, c.Text, c.SafeNow, Under18: false, MayCount: true))], site, stop);
    }
}

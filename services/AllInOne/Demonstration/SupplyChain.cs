using System.Text.Json;

namespace Recruitment.AllInOne.Demonstration;

/// <summary>What brands and one supplier did before the tour begins.</summary>
internal sealed class SupplyChain(Scenario scenario, Entrance entrance, DateOnly today)
{
    private const string Root = "api/v1/suppliers";

    /// <summary>Each brand hands in its list, once.</summary>
    public async Task HandInLists(CancellationToken stop)
    {
        foreach (var list in scenario.Lists)
        {
            using var brand = await entrance.Machine(list.Client, stop);
            var id = (await brand.Get($"{Root}/imports", stop)).GetProperty("items").EnumerateArray().Where(i => i.GetProperty("fileName").GetString() == list.File)
                .Select(i => (Guid?)i.GetProperty("id").GetGuid()).FirstOrDefault() ?? await HandIn(brand, list.File, stop);
            await Calls.Until(async () => (await brand.Get($"{Root}/imports/{id}", stop)).GetProperty("status").GetString() is "done" or "failed", $"{list.File} was not read", stop);
        }
    }

    private static async Task<Guid> HandIn(HttpClient brand, string name, CancellationToken stop)
    {
        await using var file = Scenario.File(name);
        using var body = new StreamContent(file);
        using var received = await brand.PostAsync(new Uri($"{Root}/imports?fileName={name}", UriKind.Relative), body, stop);
        return (await received.Read(stop)).GetProperty("id").GetGuid();
    }

    /// <summary>The first brand invites the supplier, who answers everything and shares it. Answers the site that the cases are about.</summary>
    public async Task<Guid> LetSupplierAnswer(CancellationToken stop)
    {
        var story = scenario.Supplier;
        using var brand = await entrance.Machine(scenario.Lists[0].Client, stop);
        using var supplier = await entrance.Machine(story.Client, stop);
        var seen = await brand.Get($"{Root}/parties/{story.PartyId}", stop);
        if (seen.GetProperty("askedAt").ValueKind == JsonValueKind.Null) await brand.Post($"{Root}/{story.PartyId}/invitations", null, stop);

        await Claim([story.PartyId, .. story.Recruiters.Select(r => r.RecruiterId)], stop);

        var mine = await supplier.Get($"{Root}/mine", stop);
        if (!mine.GetProperty("progress").GetProperty("profile").GetBoolean()) await supplier.Put($"{Root}/mine/profile", story.Profile, stop);
        foreach (var place in story.Sites) await Describe(supplier, place, SiteOf(mine, place.Name), stop);

        mine = await supplier.Get($"{Root}/mine", stop);
        var site = SiteOf(mine, scenario.CasesAbout)!.Value.GetProperty("id").GetGuid();
        foreach (var link in story.Recruiters.Where(l => !IsDeclared(mine, l)))
            await supplier.Post($"{Root}/mine/sites/{site}/recruiters", new { link.RecruiterId, link.OriginCountry, link.From }, stop);
        foreach (var asker in mine.GetProperty("brands").EnumerateArray().Where(b => !b.GetProperty("shared").GetBoolean()))
            await supplier.Post($"{Root}/mine/brands/{asker.GetProperty("relationId").GetGuid()}/share", null, stop);
        return site;
    }

    /// <summary>Their people were not invited but made: without this, whoever invites them would get a link for a first account beside those.</summary>
    private async Task Claim(IEnumerable<Guid> parties, CancellationToken stop)
    {
        using var service = await entrance.Service(stop);
        foreach (var party in parties.Distinct()) await service.Put($"{Root}/parties/{party}/claim", new { }, stop);
    }

    private async Task Describe(HttpClient supplier, Scenario.Place place, JsonElement? known, CancellationToken stop)
    {
        var described = new { place.Name, place.Address, country = "THA", place.Province, scenario.Supplier.Sector };
        if (known is null) known = await supplier.Post($"{Root}/mine/sites", described, stop);
        else if (!known.Value.GetProperty("confirmed").GetBoolean()) await supplier.Put($"{Root}/mine/sites/{known.Value.GetProperty("id").GetGuid()}", described, stop);

        var site = $"{Root}/mine/sites/{known.Value.GetProperty("id").GetGuid()}";
        if (!Has(known.Value, "workersAsOf")) await supplier.Put($"{site}/workforce", new { asOf = today.AddDays(-40), counts = place.Workforce }, stop);
        if (Has(known.Value, "answersAsOf")) return;
        var version = (await supplier.Get($"{Root}/questions", stop)).GetProperty("version").GetString();
        await supplier.Put($"{site}/self-assessment", new { catalogueVersion = version, scenario.Supplier.Answers }, stop);
    }

    private static bool Has(JsonElement site, string member) => site.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null;

    private static JsonElement? SiteOf(JsonElement mine, string name) =>
        mine.GetProperty("sites").EnumerateArray().Cast<JsonElement?>().FirstOrDefault(s => s!.Value.GetProperty("name").GetString() == name);

    private static bool IsDeclared(JsonElement mine, Scenario.Link link) => mine.GetProperty("recruiters").EnumerateArray()
        .Any(l => l.GetProperty("recruiterId").GetGuid() == link.RecruiterId && l.GetProperty("originCountry").GetString() == link.OriginCountry);
}

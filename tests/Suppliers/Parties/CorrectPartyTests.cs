using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Tests.Parties;

/// <summary>Two administrators at one organisation. Who owns it decides to whom released worker voice about it is shown and who may read a case: nobody takes that away without saying so.</summary>
public sealed class CorrectPartyTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Fact]
    public async Task A_correction_that_says_nothing_of_the_owner_leaves_it()
    {
        var (factory, owner) = await Owned("Plum Dipper Mill");

        using var answer = await Put(factory, new { kind = "supplier", name = "Plum Dipper Mills", country = "TH" }, 2);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("Plum Dipper Mills", owner, 3), await Read(factory));
        Assert.Equal(("Plum Dipper Mills", owner), await Told(factory));
        Assert.Contains(owner!.Value, await Group(factory));
    }

    [Fact]
    public async Task The_registration_sent_again_changes_nothing_and_needs_no_version()
    {
        var (factory, owner) = await Owned("Plum Linnet Mill");

        using var again = await Put(factory, new { kind = "supplier", name = "Plum Linnet Mill", country = "TH" }, null);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(("Plum Linnet Mill", owner, 2), await Read(factory));
        Assert.Equal(owner, (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ownerPartyId").GetGuid());
    }

    [Fact]
    public async Task A_correction_made_from_no_version_is_told_to_read_first()
    {
        var (factory, owner) = await Owned("Plum Serin Mill");

        foreach (var correction in new object[] { new { kind = "supplier", name = "Plum Serin", country = "TH" }, new { kind = "supplier", name = "Plum Serin Mill", country = "TH", ownerPartyId = (Guid?)null } })
        {
            using var answer = await Put(factory, correction, null);
            Assert.Equal(HttpStatusCode.PreconditionRequired, answer.StatusCode);
            Assert.Equal("urn:recruitment:version-missing", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        }
        Assert.Equal(("Plum Serin Mill", owner, 2), await Read(factory));
    }

    [Fact]
    public async Task A_correction_made_from_an_older_version_is_refused()
    {
        var (factory, owner) = await Owned("Plum Twite Mill");

        using var answer = await Put(factory, new { kind = "supplier", name = "Plum Twite", country = "TH" }, 1);

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Equal(("Plum Twite Mill", owner, 2), await Read(factory));
    }

    [Fact]
    public async Task An_owner_is_taken_away_by_saying_that_there_is_none()
    {
        var (factory, _) = await Owned("Plum Brambling Mill");

        using var answer = await Put(factory, new { kind = "supplier", name = "Plum Brambling Mill", country = "TH", ownerPartyId = (Guid?)null }, 2);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("Plum Brambling Mill", (Guid?)null, 3), await Read(factory));
        Assert.Equal(("Plum Brambling Mill", (Guid?)null), await Told(factory));
    }

    [Fact]
    public async Task A_version_of_an_organisation_that_is_not_there_registers_nothing()
    {
        var id = Guid.CreateVersion7();

        using var answer = await Put(id, new { kind = "supplier", name = "Plum Redpoll Mill", country = "TH" }, 1);

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Service.GetAsync($"{Base}/parties/{id}")).StatusCode);
    }

    [Fact]
    public async Task A_brand_is_not_told_from_the_version_that_a_supplier_is_busy()
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country\nPlum Crossbill Mill,TH\n");
        var party = (await app.OnListOf(SuppliersApp.BrandA, "Plum Crossbill Mill"))!.Value;

        var seen = await app.Brand(SuppliersApp.BrandA).GetFromJsonAsync<JsonElement>($"{Base}/parties/{party}");

        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (seen.GetProperty("version").ValueKind, seen.GetProperty("ownerPartyId").ValueKind));
    }

    private HttpClient Administrator() => app.Host.Client(Roles.Administrator, Guid.CreateVersion7(), PartyKinds.Operator);

    private Task<HttpResponseMessage> Put(Guid id, object party, int? version) => SuppliersApp.Put(Administrator(), id, party, version);

    /// <summary>Registered by one administrator's form; another says afterwards whose it is.</summary>
    private async Task<(Guid Factory, Guid? Owner)> Owned(string name)
    {
        var (factory, owner) = (Guid.CreateVersion7(), await app.NewSupplier($"{name} Holding"));
        using var registered = await Put(factory, new { kind = "supplier", name, country = "TH" }, null);
        using var owned = await Put(factory, new { kind = "supplier", name, country = "TH", ownerPartyId = owner }, 1);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (registered.StatusCode, owned.StatusCode));
        return (factory, owner);
    }

    /// <summary>As an administrator reads it before he corrects it.</summary>
    private async Task<(string? Name, Guid? Owner, int Version)> Read(Guid id)
    {
        var line = (await Administrator().GetFromJsonAsync<JsonElement>($"{Base}/parties?ids={id}")).GetProperty("items")[0];
        return (line.GetProperty("name").GetString(), line.GetProperty("ownerPartyId").Deserialize<Guid?>(), line.GetProperty("version").GetInt32());
    }

    /// <summary>What other services heard last.</summary>
    private async Task<(string Name, Guid? Owner)> Told(Guid id)
    {
        var last = (await app.Host.Published<PartyChanged, SuppliersDb>()).Where(e => e.PartyId == id).MaxBy(e => e.Sequence)!;
        return (last.Name, last.OwnerPartyId);
    }

    private async Task<IEnumerable<Guid>> Group(Guid id) => (await app.Service.GetFromJsonAsync<JsonElement>($"{Base}/parties/{id}/group"))
        .GetProperty("partyIds").EnumerateArray().Select(p => p.GetGuid()).ToList();
}

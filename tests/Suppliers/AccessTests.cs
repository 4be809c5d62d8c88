using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests;

/// <summary>Every endpoint, every role, own, shared and foreign: docs/access/suppliers.txt.</summary>
public sealed class AccessTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";
    private const string List = "Name,Country,Address\nWatched Heron Mill,TH,1 Heron Road\n";
    private static readonly DateOnly Day = new(2026, 1, 31);

    [Fact]
    public async Task Everybody_gets_what_the_table_says_and_no_foreign_organisation_anything()
    {
        await using var receiver = await WebhookReceiver.Start();
        await receiver.Open(app.Brand(SuppliersApp.BrandA), "suppliers", "supplier_list.read");
        var import = (await app.Import(SuppliersApp.BrandA, List)).GetProperty("id").GetGuid();
        await app.Import(SuppliersApp.BrandB, List);
        var party = await app.Join(SuppliersApp.BrandA, "Watched Heron Mill");
        await Wait.Until(() => Task.FromResult(!receiver.Heard.IsEmpty), "nobody was told");
        // The supplier shares with the one brand; the other has it on its own list and no more.
        Asker[] ofSupplier =
        [
            new("own", Roles.SupplierUser, PartyKinds.Supplier, party), new("shared", Roles.BrandAnalyst, PartyKinds.Brand, SuppliersApp.BrandA), new("lists it", Roles.BrandAnalyst, PartyKinds.Brand, SuppliersApp.BrandB),
        ];
        // A brand's own list: not even the other brand that has the same supplier on it, and not the supplier.
        Asker[] ofBrand = [new("own", Roles.BrandAnalyst, PartyKinds.Brand, SuppliersApp.BrandA), new("lists it", Roles.BrandAnalyst, PartyKinds.Brand, SuppliersApp.BrandB)];

        var table = await AccessTable.Of(app.Host, "suppliers",
        [
            .. await OfSupplier(party, ofSupplier), .. OfList(import, ofBrand), .. await ArrangedWebhooks.Of("Suppliers", app.Brand(SuppliersApp.BrandA), ofBrand),
        ]);

        Assert.Empty(table.Holes);
        Assert.Empty(table.DifferencesTo("docs/access/suppliers.txt"));
    }

    private async Task<IReadOnlyList<Arranged>> OfSupplier(Guid party, Asker[] askers)
    {
        var mine = await app.Supplier(party).GetFromJsonAsync<JsonElement>($"{Base}/mine");
        var (site, relation) = (mine.GetProperty("sites")[0].GetProperty("id").GetGuid(), mine.GetProperty("brands")[0].GetProperty("relationId").GetGuid());
        var (at, version) = ($"{Base}/mine/sites/{site}", (await app.Service.GetFromJsonAsync<JsonElement>($"{Base}/parties/{party}")).GetProperty("version").GetInt32());
        var (parting, itsRelation) = await Parting();
        return
        [
            new("ListRelations", $"{Base}/relations", askers, shows: $"{party}"),
            new("ListMine", $"{Base}/mine", askers, shows: $"{site}"),
            new("GetParty", $"{Base}/parties/{party}", askers),
            new("GetGroup", $"{Base}/parties/{party}/group", askers),
            new("RegisterParty", $"{Base}/parties/{party}", askers, new { kind = "supplier", name = "Watched Heron Mill", country = "TH" }, version),
            new("ClaimParty", $"{Base}/parties/{party}/claim", askers),
            new("GetSite", $"{Base}/sites/{site}", askers),
            new("Invite", $"{Base}/{party}/invitations", askers),
            new("ChangeSite", at, askers, new { name = "Watched Heron Mill", address = "1 Heron Road", country = "TH" }),
            new("DeclareWorkforce", $"{at}/workforce", askers, new { asOf = Day, counts = new[] { new { nationality = "TH", sex = "female", workers = 80 } } }),
            new("SubmitSelfAssessment", $"{at}/self-assessment", askers, new { catalogueVersion = "2026-1", answers = new Dictionary<string, string> { ["fees.payer"] = "declined" } }),
            new("DeclareRecruiter", $"{at}/recruiters", askers, new { recruiterName = "Lantern Road Staffing", recruiterCountry = "MM", originCountry = "MM", from = Day }),
            new("EndRecruiterLink", () => Link(party, at), askers, new { to = Day }),
            new("ShareWithBrand", $"{Base}/mine/brands/{relation}/share", askers),
            new("EndSharing", $"{Base}/mine/brands/{itsRelation}/share", [askers[0] with { Party = parting }, .. askers[1..]]),
        ];
    }

    private Arranged[] OfList(Guid import, Asker[] askers) =>
    [
        new("ListImports", $"{Base}/imports", askers, shows: $"{import}"),
        new("GetImport", $"{Base}/imports/{import}", askers),
        new("ListImportRows", $"{Base}/imports/{import}/rows", askers),
        new("DownloadRefusedRows", $"{Base}/imports/{import}/refused.csv", askers),
        new("PreviewTakingBack", $"{Base}/imports/{import}/taking-back", askers),
        new("TakeListBack", async () => $"{Base}/imports/{(await app.Import(SuppliersApp.BrandA, "Name,Country\nLate Heron Mill,TH\n")).GetProperty("id").GetGuid()}/taking-back", askers),
        new("RemoveImport", async () => $"{Base}/imports/{(await app.Import(SuppliersApp.BrandA, "Colour,Size\nred,4\n")).GetProperty("id").GetGuid()}", askers),
    ];

    private async Task<string> Link(Guid party, string site)
    {
        using var declared = await app.Supplier(party).PostAsJsonAsync($"{site}/recruiters", new { recruiterName = "Quiet Ferry Staffing", recruiterCountry = "MM", originCountry = "MM", from = Day });
        Assert.Equal(HttpStatusCode.Created, declared.StatusCode);
        return $"{Base}/mine/recruiters/{(await declared.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid()}/end";
    }

    /// <summary>Another supplier that shares, and will not: what the first shares is what the rest of the table is about.</summary>
    private async Task<(Guid Party, Guid Relation)> Parting()
    {
        const string name = "Parting Heron Mill";
        await app.Import(SuppliersApp.BrandA, $"Name,Country,Address\n{name},TH,3 Heron Road\n");
        var party = await app.Join(SuppliersApp.BrandA, name);
        return (party, (await app.Supplier(party).GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("brands")[0].GetProperty("relationId").GetGuid());
    }
}

using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Risk.Tests;

/// <summary>Every endpoint, every role, own, shared and foreign: docs/access/risk.txt.</summary>
public sealed class AccessTests(RiskApp app) : IClassFixture<RiskApp>
{
    private const string Root = "/api/v1/risk";

    [Fact]
    public async Task Everybody_gets_what_the_table_says_and_no_foreign_organisation_anything()
    {
        var (buys, left) = (await app.Party("brand", "Marisol & Pine"), await app.Party("brand", "Otter Lane"));
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        var site = await app.Site(supplier);
        await app.Buys(buys, supplier);
        await app.Buys(left, supplier, "ended", await app.Buys(left, supplier));
        Asker[] askers =
        [
            new("own", Roles.SupplierUser, PartyKinds.Supplier, supplier), new("shared", Roles.BrandAnalyst, PartyKinds.Brand, buys), new("ended", Roles.BrandAnalyst, PartyKinds.Brand, left),
            // Roles that no organisation of these kinds gives.
            new("swapped", Roles.BrandAnalyst, PartyKinds.Supplier, supplier), new("swapped", Roles.SupplierUser, PartyKinds.Brand, buys),
        ];

        var table = await AccessTable.Of(app.Host, "risk",
        [
            new("ListRiskSites", $"{Root}/sites", askers, shows: $"{site}"),
            new("GetRiskSite", $"{Root}/sites/{site}", askers),
            new("GetRiskInputs", $"{Root}/sites/{site}/inputs", askers),
        ]);

        Assert.Empty(table.Holes);
        Assert.Empty(table.DifferencesTo("docs/access/risk.txt"));
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Grievances.Tests.Cases;

public sealed class NameAccusedTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    [Fact]
    public async Task The_same_accused_named_again_after_it_was_sold_stays_closed_to_whoever_is_bound_to_the_seller()
    {
        var (factory, seller, buyer) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var bound = await app.Register($"bound-{Guid.CreateVersion7()}", intake: false, party: null, seller);
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        app.Suppliers.Groups[factory] = [factory, seller];
        Assert.DoesNotContain(bound.Id, await Allowed(id, factory));

        app.Suppliers.Groups[factory] = [factory, buyer];
        await app.Host.Deliver(new PartyChanged
        {
            PartyId = factory, Epoch = 1, Sequence = 2, Kind = "supplier", Name = "Bright Needle Factory", Country = "THA", Status = "active", OwnerPartyId = buyer,
        });

        Assert.DoesNotContain(bound.Id, await Allowed(id, factory));
    }

    [Fact]
    public async Task A_wrong_name_put_right_leaves_nobody_out_who_is_bound_to_the_wrong_one_alone()
    {
        var (wrong, right) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var bound = await app.Register($"bound-{Guid.CreateVersion7()}", intake: false, party: null, wrong);
        var id = await GrievancesApp.Only(app.Mai, () => app.File());

        Assert.DoesNotContain(bound.Id, await Allowed(id, wrong));
        Assert.Contains(bound.Id, await Allowed(id, right));
    }

    [Fact]
    public async Task Nobody_names_another_over_what_a_colleague_has_named_meanwhile()
    {
        var (hers, his) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var bound = await app.Register($"bound-{Guid.CreateVersion7()}", intake: false, party: null, his);
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        var onHerScreen = await Version(id);
        using (var named = await app.Somchai.Name(id, his)) Assert.Equal(HttpStatusCode.OK, named.StatusCode);

        using var stale = await app.Mai.Name(id, hers, onHerScreen);
        using var blind = await app.Mai.Name(id, hers);

        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionRequired), (stale.StatusCode, blind.StatusCode));
        Assert.DoesNotContain(bound.Id, await Allowed(id, his));
    }

    private async Task<int> Version(Guid id) => (await app.Mai.Sealed(id)).GetProperty("version").GetInt32();

    private async Task<IReadOnlyList<Guid>> Allowed(Guid id, Guid party)
    {
        using var named = await app.Mai.Name(id, party, await Version(id));
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        return [.. (await named.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().Select(r => r.GetProperty("readerId").GetGuid())];
    }
}

using System.Net;
using System.Text.Json;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Grievances.Tests.Cases;

/// <summary>Whom a case is about is asked of Suppliers, which may be away.</summary>
public sealed class SuppliersAwayTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    public static TheoryData<string> Troubles => ["nobody listens", "never answers", "broken itself"];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Naming_the_accused_says_to_try_again_and_changes_nothing(string trouble)
    {
        var party = Guid.CreateVersion7();
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        var before = await app.Mai.Sealed(id);

        using (var refused = await While(trouble, () => app.Mai.Name(id, party))) await SaysTryAgain(refused);

        Assert.Equal(before.GetRawText(), (await app.Mai.Sealed(id)).GetRawText());
        using var again = await app.Mai.Name(id, party);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Confirming_says_to_try_again_and_the_case_can_still_be_counted_once(string trouble)
    {
        var site = Guid.CreateVersion7();
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        (await app.Mai.Name(id, app.Owner(site))).Dispose();
        var token = await app.Mai.Token(id);

        using (var refused = await While(trouble, () => app.Mai.Confirm(id, token, site))) await SaysTryAgain(refused);

        using (var again = await app.Mai.Confirm(id, token, site)) Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        using var twice = await app.Mai.Confirm(id, token, site);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
    }

    [Fact]
    public async Task What_Suppliers_refuses_is_a_mistake_of_ours_and_is_not_called_away()
    {
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        app.Suppliers.Answers = HttpStatusCode.Forbidden;

        using var failed = await app.Mai.Name(id, Guid.CreateVersion7());

        app.Suppliers.Answers = null;
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
    }

    [Theory]
    [InlineData("nobody listens")]
    [InlineData("never answers")]
    public async Task A_purchase_heard_while_Suppliers_is_away_longer_than_a_few_tries_take_still_closes_the_case_to_who_is_bound(string trouble)
    {
        var (factory, buyer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var bound = await app.Register($"bound-{Guid.CreateVersion7()}", intake: false, party: null, buyer);
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        (await app.Mai.Name(id, factory)).Dispose();
        app.Suppliers.Groups[factory] = [factory, buyer];
        (app.Suppliers.IsAway, app.Suppliers.Hangs) = (trouble == "nobody listens", trouble == "never answers");

        var heard = app.Host.Deliver(new PartyChanged
        {
            PartyId = factory, Epoch = 1, Sequence = 2, Kind = "supplier", Name = "Bright Needle Factory", Country = "THA", Status = "active", OwnerPartyId = buyer,
        });
        await Task.Delay(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
        (app.Suppliers.IsAway, app.Suppliers.Hangs) = (false, false);
        await heard;

        using var named = await app.Mai.Client.GetAsync(new Uri($"/api/v1/grievances/{id}/keys", UriKind.Relative));
        Assert.DoesNotContain(bound.Id.ToString(), await named.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> While(string trouble, Func<Task<HttpResponseMessage>> ask)
    {
        (app.Suppliers.IsAway, app.Suppliers.Hangs) = (trouble == "nobody listens", trouble == "never answers");
        app.Suppliers.Answers = trouble == "broken itself" ? HttpStatusCode.InternalServerError : null;
        try
        {
            return await ask();
        }
        finally
        {
            (app.Suppliers.IsAway, app.Suppliers.Hangs, app.Suppliers.Answers) = (false, false, null);
        }
    }

    private static async Task SaysTryAgain(HttpResponseMessage refused)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        var problem = JsonSerializer.Deserialize<JsonElement>(await refused.Content.ReadAsStringAsync());
        Assert.Equal("urn:recruitment:away", problem.GetProperty("type").GetString());
        Assert.Contains("Try again", problem.GetProperty("detail").GetString());
    }
}

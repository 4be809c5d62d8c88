using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Recruitment.Identity.Tests.People;

/// <summary>A role that has ended comes back to the same account: a case handler's key belongs to it, and cases may hang on her alone. Her own role two administrators give back (<see cref="RoleRequests.FourEyesTests"/>).</summary>
public sealed class GiveRoleBackTests(InvitingSuppliers app) : IClassFixture<InvitingSuppliers>, IDisposable
{
    private HttpClient? administrator;

    [Fact]
    public async Task Who_gets_her_role_back_signs_in_as_before_and_is_the_same_to_every_service()
    {
        const string email = "lien@open-hand.example";
        var before = new JsonWebToken(await app.TokenFor(email));
        var (person, membership) = await Find(email);
        await Change(person, membership, "end");
        Assert.Empty(await Holders(before.Subject));

        var given = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Change(person, membership, "again")));
        Assert.All(given, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));

        Assert.Equal([before.Subject], await Holders(before.Subject));
        var after = new JsonWebToken(await app.TokenFor(email));
        Assert.Equal((before.Subject, before.GetClaim("party").Value, before.GetClaim("role").Value), (after.Subject, after.GetClaim("party").Value, after.GetClaim("role").Value));
        // What was, stays: she had the role, had it not, and has it again.
        Assert.Equal([false, true], (await Roles(email)).Select(r => r.GetProperty("to").ValueKind == JsonValueKind.Null));
    }

    [Fact]
    public async Task A_role_that_has_not_ended_stays_one_role()
    {
        const string email = "prasert@open-hand.example";
        var (person, membership) = await Find(email);

        Assert.Equal(HttpStatusCode.NoContent, (await Change(person, membership, "again")).StatusCode);

        Assert.Single(await Roles(email));
    }

    [Fact]
    public async Task Nothing_comes_back_that_the_organisation_does_not_give_any_more_or_that_nobody_can_ask_about()
    {
        var (person, membership) = await Find("malee@lotus-lane.example");
        var role = (await Roles("malee@lotus-lane.example")).Single();
        var (party, kind) = (role.GetProperty("partyId").GetGuid(), role.GetProperty("kind").GetString()!);
        await Change(person, membership, "end");

        await Refused(HttpStatusCode.BadRequest, "unknown-party", await Change(person, membership, "again"));
        app.Kinds[party] = "operator";
        await Refused(HttpStatusCode.Conflict, "kind-not-its-own", await Change(person, membership, "again"));
        app.Away = true;
        await Refused(HttpStatusCode.ServiceUnavailable, "away", await Change(person, membership, "again"));
        app.Away = false;
        Assert.NotEqual(JsonValueKind.Null, (await Roles("malee@lotus-lane.example")).Single().GetProperty("to").ValueKind);

        app.Kinds[party] = kind;
        Assert.Equal(HttpStatusCode.NoContent, (await Change(person, membership, "again")).StatusCode);
        Assert.Equal(2, (await Roles("malee@lotus-lane.example")).Count);
    }

    [Fact]
    public async Task A_role_of_somebody_else_is_not_found_under_this_person()
    {
        var (_, other) = await Find("noi@open-hand.example");
        var (person, _) = await Find("hla@saffron-bridge.example");

        Assert.Equal(HttpStatusCode.NotFound, (await Change(person, other, "again")).StatusCode);
    }

    public void Dispose() => administrator?.Dispose();

    private async Task<HttpClient> SignedIn() => administrator ??= app.Bearing(await app.TokenFor("admin@open-hand.example"));

    private async Task<HttpResponseMessage> Change(Guid person, Guid membership, string how) =>
        await (await SignedIn()).PostAsync($"api/v1/identity/people/{person}/memberships/{membership}/{how}", null);

    private async Task<(Guid Person, Guid Membership)> Find(string email)
    {
        var person = await Person(email);
        return (person.GetProperty("id").GetGuid(), person.GetProperty("roles")[0].GetProperty("membershipId").GetGuid());
    }

    private async Task<List<JsonElement>> Roles(string email) => [.. (await Person(email)).GetProperty("roles").EnumerateArray()];

    private async Task<JsonElement> Person(string email) => (await (await SignedIn()).GetFromJsonAsync<JsonElement>("api/v1/identity/people"))
        .GetProperty("items").EnumerateArray().Single(p => p.GetProperty("email").GetString() == email);

    private async Task<List<string>> Holders(string subject)
    {
        using var service = app.Bearing((await app.Machine("service", "service-client")).Body.GetProperty("access_token").GetString()!);
        using var answer = await service.PostAsJsonAsync("api/v1/identity/holders", new { role = "scheme_manager", subjects = new[] { subject } });
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("subjects").EnumerateArray().Select(s => s.GetString()!)];
    }

    private static async Task Refused(HttpStatusCode status, string code, HttpResponseMessage answer)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal($"urn:recruitment:{code}", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }
}

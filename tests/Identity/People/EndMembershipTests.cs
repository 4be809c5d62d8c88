using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Recruitment.Identity.Tests.People;

public sealed class EndMembershipTests(IdentityApp app) : IClassFixture<IdentityApp>, IDisposable
{
    private const string Administrator = "admin@open-hand.example";
    private HttpClient? administrator;

    [Fact]
    public async Task An_ended_role_gives_no_new_token_no_code_and_no_sign_in()
    {
        const string email = "thida@open-hand.example";
        var before = await app.Exchange(await app.CodeFor(email));
        using var signedIn = app.Browser();
        await IdentityApp.SignIn(signedIn, email);

        Assert.Equal(HttpStatusCode.NoContent, (await End(email)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await End(email)).StatusCode);

        Assert.Equal("invalid_grant", (await app.Refresh(before.Body.GetProperty("refresh_token").GetString()!)).Body.GetProperty("error").GetString());
        Assert.Equal("/identity/sign-in", (await app.Authorize(signedIn)).Headers.Location!.AbsolutePath);
        using var again = app.Browser();
        Assert.Contains("no role any more", await (await IdentityApp.SignIn(again, email)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Null, (await Membership(email)).GetProperty("to").ValueKind);
    }

    /// <remarks>Services allow ten seconds for clocks that differ: see Access in Platform.</remarks>
    [Fact]
    public async Task A_persons_token_ends_within_a_minute_and_a_machines_may_last_longer()
    {
        var person = new JsonWebToken(await app.TokenFor("anna@marisol-pine.example"));
        var machine = new JsonWebToken((await app.Machine("service", "service-client")).Body.GetProperty("access_token").GetString());

        Assert.InRange((person.ValidTo - person.IssuedAt).TotalSeconds, 30, 50);
        Assert.Equal(300, (machine.ValidTo - machine.IssuedAt).TotalSeconds);
    }

    [Fact]
    public async Task A_service_that_asks_hears_at_once_who_has_the_role_no_more_and_nothing_of_anybody_it_did_not_name()
    {
        const string email = "prasert@open-hand.example";
        var (leaving, machine) = ((await Person(email)).GetProperty("id").GetString()!, "client:demo-protection_officer");
        string[] asked = [leaving, machine, "client:demo-auditor", Guid.CreateVersion7().ToString(), "no subject"];
        Assert.Equal([leaving, machine], await Holders("protection_officer", asked));
        Assert.Equal([leaving], await Holders("protection_officer", [leaving]));
        Assert.Empty(await Holders("case_handler", asked));

        Assert.Equal(HttpStatusCode.NoContent, (await End(email)).StatusCode);

        Assert.Equal([machine], await Holders("protection_officer", asked));
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        var answer = await End(Administrator);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("last-administrator", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await Membership(Administrator)).GetProperty("to").ValueKind);
    }

    [Fact]
    public async Task A_membership_of_somebody_else_is_not_found_under_this_person()
    {
        var someone = await Person("hla@saffron-bridge.example");
        var other = await Membership("malee@lotus-lane.example");

        var answer = await (await SignedIn()).PostAsync($"api/v1/identity/people/{someone.GetProperty("id")}/memberships/{other.GetProperty("membershipId")}/end", null);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task People_come_page_by_page_in_the_order_of_their_addresses()
    {
        var all = Everybody(await Page(await SignedIn(), null));

        var after = Everybody(await Page(await SignedIn(), all[2].Id));

        Assert.Equal(all.Skip(3), after);
        Assert.Equal(all.Select(p => p.Email.ToUpperInvariant()).Order(StringComparer.Ordinal), all.Select(p => p.Email.ToUpperInvariant()));
        using var nobody = await (await SignedIn()).GetAsync($"api/v1/identity/people?cursor={Guid.CreateVersion7()}");
        Assert.Equal(HttpStatusCode.BadRequest, nobody.StatusCode);
        Assert.Contains("unknown-cursor", await nobody.Content.ReadAsStringAsync());
    }

    public void Dispose() => administrator?.Dispose();

    /// <summary>Signed in once a test: the throttle counts sign-ins.</summary>
    private async Task<HttpClient> SignedIn() => administrator ??= app.Bearing(await app.TokenFor(Administrator));

    private async Task<HttpResponseMessage> End(string email) => await (await SignedIn()).PostAsync(
        $"api/v1/identity/people/{(await Person(email)).GetProperty("id")}/memberships/{(await Membership(email)).GetProperty("membershipId")}/end", null);

    private async Task<IReadOnlyList<string>> Holders(string role, string[] subjects)
    {
        using var service = app.Bearing((await app.Machine("service", "service-client")).Body.GetProperty("access_token").GetString()!);
        using var answer = await service.PostAsJsonAsync("api/v1/identity/holders", new { role, subjects });
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("subjects").EnumerateArray().Select(s => s.GetString()!)];
    }

    private async Task<JsonElement> Membership(string email) => (await Person(email)).GetProperty("roles").EnumerateArray().Single(r => r.GetProperty("name").GetString() != "owner");

    private async Task<JsonElement> Person(string email) =>
        (await Page(await SignedIn(), null)).GetProperty("items").EnumerateArray().Single(p => p.GetProperty("email").GetString() == email);

    private static List<(Guid Id, string Email)> Everybody(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(p => (p.GetProperty("id").GetGuid(), p.GetProperty("email").GetString()!))];

    private static Task<JsonElement> Page(HttpClient administrator, Guid? cursor) =>
        administrator.GetFromJsonAsync<JsonElement>($"api/v1/identity/people{(cursor is null ? "" : $"?cursor={cursor}")}");
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Identity.Tests.People;

namespace Recruitment.Identity.Tests.SignInClients;

/// <summary>An organisation lets people sign in at a program of its own, and ends that.</summary>
public sealed class RegisterSignInClientTests(InvitingSuppliers app) : IClassFixture<InvitingSuppliers>
{
    private const string Clients = "api/v1/identity/sign-in-clients";

    [Theory]
    [InlineData("Fair Recruitment Check")]
    [InlineData("The FAIR-RECRUITMENT check!")]
    [InlineData("Fa1r Recru1tment Check")]
    [InlineData("Ｆａｉｒ Ｒｅｃｒｕｉｔｍｅｎｔ Ｃｈｅｃｋ")]
    [InlineData("Fáir Recruitmént Check")]
    [InlineData("Fаir Recruitment Check")] // a Cyrillic letter
    [InlineData("<b>Orchid</b>")]
    [InlineData("Orchid \u202Edraob")] // turns what follows round
    [InlineData("Orchid\u200B Board")] // not to be seen
    [InlineData("Orchid\nBoard")]
    [InlineData("O\u0301\u0302\u0303rchid")]
    [InlineData(" Orchid")]
    [InlineData("12")]
    [InlineData("O")]
    public async Task A_name_that_is_no_plain_name_or_looks_like_ours_is_refused(string name)
    {
        Assert.Equal((HttpStatusCode.BadRequest, "urn:recruitment:bad-name"), await Refused(name, OthersProgram.Callback));
    }

    [Theory]
    [InlineData("http://board.example/signed-in")]
    [InlineData("http://localhost/signed-in")]
    [InlineData("https://board.example")]
    [InlineData("https://board.example/signed-in#here")]
    [InlineData("https://board.example/signed-in#")]
    [InlineData("https://board.example/signed-in?code=x")]
    [InlineData("https://board.example/signed-in?")]
    [InlineData("https://localhost@board.example/signed-in")]
    [InlineData("https://@board.example/signed-in")]
    [InlineData("https://board.example:443/signed-in")]
    [InlineData("https://BOARD.example/signed-in")]
    [InlineData("https://board.example/a/../signed-in")]
    [InlineData("https://board.example\\@elsewhere.example/")]
    [InlineData("https://bücher.example/signed-in")]
    [InlineData("https://*.example/signed-in")]
    [InlineData("https://board.example/signed-in ")]
    [InlineData("https://localhost/signed-in")] // our own host
    [InlineData("javascript:alert(1)")]
    [InlineData("board://signed-in")]
    [InlineData("/signed-in")]
    [InlineData("")]
    public async Task An_address_that_could_be_read_in_two_ways_or_by_others_is_refused(string address)
    {
        Assert.Equal((HttpStatusCode.BadRequest, "urn:recruitment:bad-redirect"), await Refused("Orchid Board", address));
    }

    [Theory]
    [InlineData("กระดานกล้วยไม้")]
    [InlineData("Orchid (กล้วยไม้) & Co., 2nd")]
    [InlineData("การจัดหางานที่เป็นธรรม")]
    public async Task A_plain_name_in_Thai_or_English_is_taken_as_it_is(string name)
    {
        var ours = new OthersProgram(app);
        var (id, secret) = await ours.Register(name, false, OthersProgram.Callback, "https://xn--bcher-kva.example:8443/a/b");

        using var owner = await ours.Owner();
        var kept = await Find(owner, id);
        Assert.Equal((name, false, ours.Party), (kept.GetProperty("name").GetString(), kept.GetProperty("isPublic").GetBoolean(), kept.GetProperty("partyId").GetGuid()));
        Assert.StartsWith("rcs_", secret, StringComparison.Ordinal);
        Assert.DoesNotContain(secret!, kept.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organisation_that_the_operator_has_not_verified_asks_nobody_in_its_name()
    {
        using var owner = await new OthersProgram(app).Owner(verified: false);

        var answer = await owner.PostAsJsonAsync(Clients, new { name = "Orchid Board", redirectUris = new[] { OthersProgram.Callback } });

        Assert.Equal((HttpStatusCode.Conflict, "urn:recruitment:organisation-not-verified"), (answer.StatusCode, await Type(answer)));
    }

    [Fact]
    public async Task Another_organisations_is_not_there_and_the_administrator_sees_all()
    {
        var (ours, theirs) = (new OthersProgram(app), new OthersProgram(app, 2));
        var (id, _) = await ours.Register();
        using var stranger = await theirs.Owner();
        using var administrator = app.Bearing(await app.TokenFor("admin@open-hand.example"));

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"{Clients}/{id}/end", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync($"{Clients}/{id}/secret", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync(Clients, new { name = "Orchid Board", redirectUris = new[] { OthersProgram.Callback }, partyId = ours.Party })).StatusCode);
        Assert.DoesNotContain(id, await stranger.GetStringAsync(Clients), StringComparison.Ordinal);
        Assert.Equal(id, (await Find(administrator, id)).GetProperty("clientId").GetString());
        var ofOperator = await administrator.PostAsJsonAsync(Clients, new { name = "Calendar", redirectUris = new[] { OthersProgram.Callback } });
        Assert.Equal(HttpStatusCode.Created, ofOperator.StatusCode);
    }

    [Fact]
    public async Task A_new_secret_ends_the_old_one_and_a_public_client_has_none()
    {
        var ours = new OthersProgram(app);
        var (id, first) = await ours.Register();
        var (open, none) = await ours.Register("Orchid Desk", true, "http://127.0.0.1/signed-in");
        using var owner = await ours.Owner();
        using var browser = await ours.SignedIn("anna@marisol-pine.example");

        var changed = await owner.PostAsJsonAsync($"{Clients}/{id}/secret", new { });
        var second = (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString();
        var ofPublic = await owner.PostAsJsonAsync($"{Clients}/{open}/secret", new { });

        Assert.Null(none);
        Assert.Equal((HttpStatusCode.Conflict, "urn:recruitment:client-has-no-secret"), (ofPublic.StatusCode, await Type(ofPublic)));
        var code = await OthersProgram.Code(browser, id);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ours.Exchange(id, first, code)).Status);
        Assert.Equal(HttpStatusCode.OK, (await ours.Exchange(id, second, code)).Status);
        using var stale = await ours.Owner();
        stale.DefaultRequestHeaders.Add("If-Match", "\"1\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await stale.PostAsJsonAsync($"{Clients}/{id}/secret", new { })).StatusCode);
    }

    [Fact]
    public async Task On_the_readers_own_machine_every_port_will_do_and_a_secret_is_none()
    {
        var ours = new OthersProgram(app);
        var (id, _) = await ours.Register("Orchid Desk", true, "http://127.0.0.1/signed-in");
        using var owner = await ours.Owner();
        using var browser = await ours.SignedIn("ben@kestrel-row.example");
        const string there = "http://127.0.0.1:51004/signed-in";

        var code = await OthersProgram.Code(browser, id, to: there);
        var withSecret = await owner.PostAsJsonAsync(Clients, new { name = "Orchid Desk", redirectUris = new[] { "http://127.0.0.1/signed-in" } });

        Assert.Equal(HttpStatusCode.OK, (await ours.Exchange(id, null, code, there)).Status);
        Assert.Equal("urn:recruitment:public-on-own-machine", await Type(withSecret));
        Assert.Equal(HttpStatusCode.BadRequest, (await OthersProgram.Ask(browser, id, to: "http://127.0.0.1:51004/elsewhere")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await OthersProgram.Ask(browser, id, to: "http://127.0.0.2:51004/signed-in")).StatusCode);
    }

    private async Task<(HttpStatusCode, string?)> Refused(string name, string address)
    {
        using var owner = await new OthersProgram(app).Owner();
        using var answer = await owner.PostAsJsonAsync(Clients, new { name, redirectUris = new[] { address } });
        return (answer.StatusCode, await Type(answer));
    }

    private static async Task<string?> Type(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString();

    private static async Task<JsonElement> Find(HttpClient client, string id)
    {
        var page = await client.GetFromJsonAsync<JsonElement>(Clients);
        return page.GetProperty("items").EnumerateArray().Single(c => c.GetProperty("clientId").GetString() == id);
    }
}

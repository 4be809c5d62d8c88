using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Recruitment.Identity.Tests.Provisioning;
using Recruitment.Identity.Tests.SignInClients;

namespace Recruitment.Identity.Tests.SingleSignOn;

/// <summary>People sign in at their organisation's own provider, and nobody signs in through it who is not of that organisation.</summary>
public sealed class SignInOutsideTests(OrganisationApp app) : IClassFixture<OrganisationApp>, IAsyncLifetime
{
    private HttpClient owner = null!;

    public async ValueTask InitializeAsync()
    {
        (app.Provider.Lie, app.Provider.Sign, app.Provider.Groups, app.Provider.IsDown, app.Provider.NamesItself) = (null, null, ["Supply chain"], false, null);
        owner = await app.Owner();
        await app.Prove("marisol-pine.example", owner);
        await OrganisationApp.SayRoles(owner, ofAll: null, ("Supply chain", "brand_analyst"));
        await app.UseProvider(owner);
        (app.Provider.Subject, app.Provider.Email) = ($"subject-{Guid.CreateVersion7():N}", New());
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string New() => $"s{Guid.CreateVersion7():N}@marisol-pine.example";

    [Fact]
    public async Task Somebody_new_of_the_organisation_gets_an_account_with_the_roles_of_her_groups()
    {
        using var browser = app.Browser();

        using var answer = await SignIn(browser);
        var code = await app.Authorize(browser);

        Assert.Equal("/sign-in", answer.Headers.Location!.ToString());
        Assert.Contains("code=", code.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Equal(["brand_analyst"], await app.RolesOf(app.Provider.Email!));
    }

    [Fact]
    public async Task Whoever_is_known_by_address_is_the_same_account()
    {
        app.Provider.Email = "anna@marisol-pine.example";
        var before = (await app.Person("anna@marisol-pine.example"))!.Value.GetProperty("id").GetString();
        using var browser = app.Browser();

        using var answer = await SignIn(browser);

        Assert.Equal("/sign-in", answer.Headers.Location!.ToString());
        Assert.Equal(before, (await app.Person("anna@marisol-pine.example"))!.Value.GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_account_that_only_says_the_address_is_not_whom_the_provider_means()
    {
        const string Password = "four quiet words here";
        var stranger = await app.SayAddress(app.Provider.Email!, Password);
        using var browser = app.Browser();

        using var answer = await SignIn(browser);

        Assert.Equal("/sign-in", answer.Headers.Location!.ToString());
        Assert.NotEqual(stranger, (await app.Person(app.Provider.Email!))!.Value.GetProperty("id").GetString());
        Assert.Equal(["brand_analyst"], await app.RolesOf(app.Provider.Email!));
        using var guess = await IdentityApp.SignIn(app.Browser(), app.Provider.Email!, Password);
        Assert.Equal(HttpStatusCode.OK, guess.StatusCode);
    }

    [Fact]
    public async Task Whom_the_directory_calls_inactive_gets_nothing_by_signing_in()
    {
        using var directory = await app.Directory();
        using var made = await directory.Post("Users", $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"{{app.Provider.Email}}","active":false}""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);

        await IsRefused();
    }

    [Theory]
    [InlineData("admin@open-hand.example")]
    [InlineData("somebody@elsewhere.example")]
    [InlineData("no address")]
    [InlineData(null)]
    public async Task An_address_of_a_domain_that_is_not_the_organisations_opens_nothing(string? email)
    {
        app.Provider.Email = email;

        await IsRefused();
    }

    [Fact]
    public async Task An_address_that_the_provider_itself_calls_unverified_opens_nothing()
    {
        app.Provider.Lie = token => token.Claims["email_verified"] = false;

        await IsRefused();
    }

    [Fact]
    public async Task Nobody_gets_a_role_that_no_group_gives()
    {
        app.Provider.Groups = ["Canteen"];

        await IsRefused();
    }

    public static TheoryData<string, Action<SecurityTokenDescriptor>> Lies => new()
    {
        { "another issuer", token => token.Issuer = "http://localhost:1" },
        { "another audience", token => token.Audience = "somebody-else" },
        { "expired", token => (token.NotBefore, token.IssuedAt, token.Expires) = (DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddHours(-1)) },
        { "not yet valid", token => token.NotBefore = DateTime.UtcNow.AddMinutes(4) },
        { "another nonce", token => token.Claims["nonce"] = "another" },
        { "no nonce", token => token.Claims.Remove("nonce") },
        { "nobody", token => token.Claims.Remove("sub") },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task An_id_token_that_is_not_as_it_must_be_opens_nothing(string what, Action<SecurityTokenDescriptor> lie)
    {
        app.Provider.Lie = lie;

        await IsRefused(what);
    }

    [Fact]
    public async Task A_token_signed_by_a_key_that_the_provider_does_not_publish_opens_nothing()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        app.Provider.Sign = token =>
        {
            token.SigningCredentials = new(new ECDsaSecurityKey(other) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha256);
            return new JsonWebTokenHandler().CreateToken(token);
        };

        await IsRefused();
    }

    [Fact]
    public async Task A_token_that_nobody_signed_opens_nothing()
    {
        app.Provider.Sign = token =>
        {
            token.SigningCredentials = null;
            return new JsonWebTokenHandler().CreateToken(token);
        };

        await IsRefused();
    }

    [Fact]
    public async Task A_token_signed_with_the_published_key_as_a_shared_secret_opens_nothing()
    {
        app.Provider.Sign = token =>
        {
            token.SigningCredentials = new(new SymmetricSecurityKey(app.Provider.PublicBytes) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256);
            return new JsonWebTokenHandler().CreateToken(token);
        };

        await IsRefused();
    }

    [Fact]
    public async Task An_answer_is_taken_once_and_in_the_browser_that_asked()
    {
        using var browser = app.Browser();
        using var other = app.Browser();
        var back = await ToProvider(browser);

        using var stolen = await other.GetAsync(back);
        using var first = await browser.GetAsync(back);
        using var again = await browser.GetAsync(back);

        Assert.Equal(HttpStatusCode.Forbidden, stolen.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
    }

    [Fact]
    public async Task A_provider_that_is_down_is_said_to_be_and_one_that_calls_itself_otherwise_is_not_saved()
    {
        using var other = await app.Owner("demo-owner-2");
        app.Provider.NamesItself = "http://localhost:1";
        using var misnamed = await other.PutAsJsonAsync("api/v1/identity/single-sign-on", Request(app.Provider.Issuer));
        app.Provider.IsDown = true;
        using var down = await other.PutAsJsonAsync("api/v1/identity/single-sign-on", Request(app.Provider.Issuer));
        using var inside = await other.PutAsJsonAsync("api/v1/identity/single-sign-on", Request("https://169.254.169.254"));

        Assert.All([misnamed, down, inside], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
    }

    [Fact]
    public async Task Where_it_is_forced_a_right_password_opens_nothing_but_for_owners()
    {
        var member = New();
        using var invited = await owner.PostAsJsonAsync($"api/v1/identity/organisations/{OrganisationApp.Brand}/invitations", new { role = "brand_analyst", email = member });
        using var joining = app.Browser();
        using var joined = await IdentityApp.Fill(joining, (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!, ("email", member), ("password", IdentityApp.Password));
        using var before = await IdentityApp.SignIn(app.Browser(), member);
        await app.UseProvider(owner, forced: true);

        using var after = await IdentityApp.SignIn(app.Browser(), member);
        using var ofOwner = await IdentityApp.SignIn(app.Browser(), "anna@marisol-pine.example");

        Assert.Equal(HttpStatusCode.Redirect, joined.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, before.StatusCode);
        Assert.Contains("own sign-in", await after.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, ofOwner.StatusCode);
    }

    [Fact]
    public async Task Whoever_was_sent_away_by_people_is_not_let_in_again_by_signing_in()
    {
        using var browser = app.Browser();
        using var first = await SignIn(browser);
        var person = (await app.Person(app.Provider.Email!))!.Value.GetProperty("id").GetString();
        using var departed = await owner.PostAsync($"api/v1/identity/organisations/{OrganisationApp.Brand}/people/{person}/departure", null);

        Assert.Equal(HttpStatusCode.NoContent, departed.StatusCode);
        await IsRefused();
    }

    [Fact]
    public async Task Of_another_provider_the_same_number_is_another_person()
    {
        await using var another = new OutsideProvider();
        await another.Start();
        using var browser = app.Browser();
        using var first = await SignIn(browser);
        var before = app.Provider.Email!;
        (another.Subject, another.Email, another.Groups) = (app.Provider.Subject, New(), ["Supply chain"]);
        using var changed = await owner.PutAsJsonAsync("api/v1/identity/single-sign-on", new
        {
            issuer = another.Issuer, clientId = OutsideProvider.ClientId, clientSecret = OutsideProvider.ClientSecret, emailClaim = (string?)null, groupsClaim = "groups", justInTime = true, forced = false,
        });

        using var other = app.Browser();
        using var second = await SignIn(other);

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal("/sign-in", second.Headers.Location!.ToString());
        Assert.NotEqual((await app.Person(before))!.Value.GetProperty("id").GetString(), (await app.Person(another.Email))?.GetProperty("id").GetString());
        Assert.NotNull(await app.Person(another.Email));
    }

    [Fact]
    public async Task Its_secret_is_shown_to_nobody()
    {
        Assert.DoesNotContain(OutsideProvider.ClientSecret, await owner.GetStringAsync("api/v1/identity/single-sign-on"), StringComparison.Ordinal);
    }

    private static object Request(string issuer) =>
        new { issuer, clientId = "c", clientSecret = "s", emailClaim = (string?)null, groupsClaim = (string?)null, justInTime = false, forced = false };

    private async Task IsRefused(string what = "")
    {
        using var browser = app.Browser();
        using var answer = await SignIn(browser);
        using var code = await app.Authorize(browser);

        Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, what);
        Assert.StartsWith("/identity/sign-in", code.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SignIn(HttpClient browser) => await browser.GetAsync(await ToProvider(browser));

    /// <summary>From our page to the provider, and the address with which it sends the browser back.</summary>
    private static async Task<Uri> ToProvider(HttpClient browser)
    {
        using var away = await IdentityApp.Fill(browser, "identity/sso", ("email", "somebody@marisol-pine.example"));
        using var provider = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var back = await provider.GetAsync(await OthersProgram.Onwards(away));
        return back.Headers.Location!;
    }
}

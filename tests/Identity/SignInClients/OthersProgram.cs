using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Recruitment.Identity.Claiming;
using Recruitment.Identity.Tests.People;

namespace Recruitment.Identity.Tests.SignInClients;

/// <summary>A program at which people sign in with their account here, and what its owner and its visitors do.</summary>
internal sealed partial class OthersProgram(InvitingSuppliers app, int organisation = 1)
{
    public const string Callback = "https://board.example/signed-in";

    /// <summary>Two brands of the demonstration, each with an owner.</summary>
    private static readonly Guid[] Brands = [new("11111111-0000-4000-8000-000000000001"), new("11111111-0000-4000-8000-000000000006")];

    public Guid Party => Brands[organisation - 1];

    /// <summary>A machine that owns the organisation, as the demonstration has it.</summary>
    public async Task<HttpClient> Owner(bool verified = true)
    {
        app.Kinds[Party] = "brand";
        await using (var db = app.Open())
        {
            await db.Claims.Where(c => c.PartyId == Party).ExecuteDeleteAsync();
            if (verified)
            {
                var claim = PartyClaim.Of(Party);
                claim.Decide(PartyClaim.Verified, PartyClaim.Bases[0], "", "of-a-test", TimeProvider.System.GetUtcNow().UtcDateTime);
                db.Claims.Add(claim);
                await db.SaveChangesAsync();
            }
        }
        var token = await app.Machine(organisation == 1 ? "demo-owner" : $"demo-owner-{organisation}", "demo-client");
        return app.Bearing(token.Body.GetProperty("access_token").GetString()!);
    }

    public async Task<(string Id, string? Secret)> Register(string name = "Orchid Board", bool isPublic = false, params string[] addresses)
    {
        using var owner = await Owner();
        using var answer = await owner.PostAsJsonAsync("api/v1/identity/sign-in-clients", new { name, redirectUris = addresses.Length == 0 ? [Callback] : addresses, isPublic });
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (made.GetProperty("clientId").GetString()!, made.GetProperty("secret").GetString());
    }

    public async Task<HttpClient> SignedIn(string email)
    {
        var browser = app.Browser();
        using var answer = await IdentityApp.SignIn(browser, email);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>A browser comes from the program.</summary>
    public static Task<HttpResponseMessage> Ask(HttpClient browser, string client, string scope = "openid profile email", string more = "", string to = Callback) =>
        browser.GetAsync($"connect/authorize?client_id={client}&response_type=code&scope={Uri.EscapeDataString(scope)}&state=of-the-program&nonce=n&redirect_uri={Uri.EscapeDataString(to)}"
            + $"&code_challenge={Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(IdentityApp.Verifier)))}&code_challenge_method=S256{more}");

    /// <summary>The page of consent.</summary>
    public static async Task<string> Page(HttpResponseMessage answer)
    {
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("name=\"decision\"", page, StringComparison.Ordinal);
        return page;
    }

    /// <summary>Sends the form of a page of consent, with other values where they are given and without fields that are given as null.</summary>
    public static async Task<HttpResponseMessage> Decide(HttpClient browser, string page, string decision = "allow", params (string Name, string? Value)[] changed)
    {
        var fields = Fields(page);
        foreach (var (name, value) in changed) fields[name] = value;
        fields["decision"] = decision;
        using var form = new FormUrlEncodedContent(fields.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Key, f.Value!)));
        return await browser.PostAsync("connect/authorize", form);
    }

    /// <summary>What a hidden field of a page says.</summary>
    public static string? Field(string page, string name) => Fields(page)[name];

    /// <summary>Where the page that goes on by itself goes on to.</summary>
    public static async Task<Uri> Onwards(HttpResponseMessage answer)
    {
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var to = Refresh().Match(page);
        Assert.True(to.Success, page);
        return new(WebUtility.HtmlDecode(to.Groups[1].Value));
    }

    public static string In(Uri answer, string name) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(answer.Query).TryGetValue(name, out var value) ? value.ToString() : "";

    /// <summary>Asks, allows and gets the code.</summary>
    public static async Task<string> Code(HttpClient browser, string client, string scope = "openid profile email", string to = Callback) =>
        In(await Onwards(await Decide(browser, await Page(await Ask(browser, client, scope, to: to)))), "code");

    public Task<(HttpStatusCode Status, JsonElement Body)> Exchange(string client, string? secret, string code, string to = Callback)
    {
        (string, string)[] fields = [("grant_type", "authorization_code"), ("code", code), ("code_verifier", IdentityApp.Verifier), ("redirect_uri", to), ("client_id", client)];
        return app.Send("connect/token", secret is null ? fields : [.. fields, ("client_secret", secret)]);
    }

    public async Task<JsonWebToken> IdToken(HttpClient browser, string client, string? secret, string scope = "openid profile email") =>
        new((await Exchange(client, secret, await Code(browser, client, scope))).Body.GetProperty("id_token").GetString());

    private static Dictionary<string, string?> Fields(string page) => Inputs().Matches(page).ToDictionary(m => m.Groups[1].Value, m => (string?)WebUtility.HtmlDecode(m.Groups[2].Value));

    [GeneratedRegex("<input[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Inputs();

    [GeneratedRegex("<meta http-equiv=\"refresh\" content=\"0;url=([^\"]+)\"")]
    private static partial Regex Refresh();
}

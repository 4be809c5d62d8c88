using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Browser;

/// <summary>A real browser, without scripts and with the keyboard alone, comes from a program at another origin and goes back there: the policy of our forms, which browsers hold against what follows them, lets it.</summary>
public sealed class ConsentTests
{
    private const string Verifier = "a-verifier-that-is-long-enough-to-be-one-0123456789", Malee = "malee@lotus-lane.example";
    private readonly Uri issuer = new($"http://localhost:{Running.FreePort()}/");
    private readonly Uri board = new($"http://127.0.0.1:{Running.FreePort()}/");

    [Fact]
    public async Task Consent_and_later_the_sign_in_alone_lead_back_to_the_program_that_asked()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-consent-").FullName;
        try
        {
            await Walk(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task Walk(string folder)
    {
        await using var chromium = await Chromium.Start();
        await using var program = new StartedProgram("AllInOne", issuer, new Dictionary<string, string> { ["Mode"] = "demonstration", ["DataFolder"] = folder });
        await program.Answers("health/ready");
        await using var others = await Board(await Register(folder));
        var page = await chromium.Phone();

        await page.GotoAsync(board.ToString());
        await SignIn(page);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Orchid Board", new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await IsBack(page, Malee);

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(board.ToString());
        await SignIn(page);
        await IsBack(page, Malee);

        await page.GotoAsync($"{board}?prompt=consent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Do not allow", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await IsBack(page, "access_denied");
    }

    private static async Task SignIn(IPage page)
    {
        await page.FillAsync("#email", Malee);
        await page.FillAsync("#password", "demonstration");
        await page.Keyboard.PressAsync("Enter");
    }

    private async Task IsBack(IPage page, string says)
    {
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync($"The board says: {says}", new() { Timeout = 30_000 });
        Assert.StartsWith($"{board}signed-in?", page.Url, StringComparison.Ordinal);
    }

    private async Task<string> Register(string folder)
    {
        using var http = new HttpClient { BaseAddress = issuer };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = "demo-administrator", ["client_secret"] = await File.ReadAllTextAsync(Path.Combine(folder, "secrets", "demo-client")), ["scope"] = "api",
        });
        var token = await (await http.PostAsync("connect/token", form)).Content.ReadFromJsonAsync<JsonElement>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        // Where every service is in one process, other pages must not stand before the protocol's own addresses.
        foreach (var address in new[] { "connect/introspect", "connect/revoke" })
        {
            using var asked = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = "none of ours", ["client_id"] = "demo-administrator", ["client_secret"] = await File.ReadAllTextAsync(Path.Combine(folder, "secrets", "demo-client")) });
            Assert.Equal(HttpStatusCode.OK, (await http.PostAsync(address, asked)).StatusCode);
        }
        var made = await http.PostAsJsonAsync("api/v1/identity/sign-in-clients", new { name = "Orchid Board", redirectUris = new[] { "http://127.0.0.1/signed-in" }, isPublic = true });
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("clientId").GetString()!;
    }

    /// <summary>A relying party of few lines: sends its visitors to sign in, and says whom the id token names, or why there is none.</summary>
    private async Task<WebApplication> Board(string client)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(board.ToString());
        var app = builder.Build();
        app.MapGet("/", (string? prompt) => Results.Redirect($"{issuer}connect/authorize?client_id={client}&response_type=code&scope=openid%20email&redirect_uri={Uri.EscapeDataString($"{board}signed-in")}"
            + $"&code_challenge={Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)))}&code_challenge_method=S256{(prompt is null ? "" : $"&prompt={prompt}")}"));
        app.MapGet("/signed-in", async (string? code, string? error) => $"The board says: {error ?? await NameIn(client, code!)}");
        await app.StartAsync();
        return app;
    }

    private async Task<string> NameIn(string client, string code)
    {
        using var http = new HttpClient { BaseAddress = issuer };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["client_id"] = client, ["code"] = code, ["code_verifier"] = Verifier, ["redirect_uri"] = $"{board}signed-in",
        });
        var tokens = await (await http.PostAsync("connect/token", form)).Content.ReadFromJsonAsync<JsonElement>();
        var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(tokens.GetProperty("id_token").GetString()!.Split('.')[1]));
        return claims.GetProperty("email").GetString()!;
    }
}

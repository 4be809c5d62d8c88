using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests;

/// <summary>Identity in its own process with its demonstration people, and what browsers and machines do with it.</summary>
public class IdentityApp : IAsyncLifetime
{
    public const string Verifier = "a-verifier-that-is-long-enough-to-be-one-0123456789";
    public const string Password = "demonstration";
    private StartedProgram program = null!;
    private Func<StartedProgram> start = null!;

    public Uri Address { get; } = new($"http://localhost:{Running.FreePort()}/");

    public string DataFolder { get; } = Directory.CreateTempSubdirectory("recruitment-identity-").FullName;

    public string Output => program.Output;

    /// <summary>Its connection string; empty on SQLite.</summary>
    public string Database { get; private set; } = "";

    protected virtual string Mode => "demonstration";

    protected virtual string Project => "Identity";

    protected virtual Uri Suppliers => Address;

    protected virtual IEnumerable<KeyValuePair<string, string>> MoreSettings => [];

    private string Callback => $"{Address}sign-in/callback";

    public virtual async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string>
        {
            ["Mode"] = Mode, ["DataFolder"] = DataFolder, ["Services:suppliers"] = Suppliers.ToString(), ["Issuer"] = Address.ToString().TrimEnd('/'),
        };
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } postgres)
            settings["ConnectionStrings:identity"] = Database = $"{postgres};Database=test_identity_{Guid.CreateVersion7():N};Maximum Pool Size=10";
        foreach (var (name, value) in MoreSettings) settings[name] = value;
        start = () => new StartedProgram(Project, Address, settings);
        program = start();
        await program.Answers("health/ready");
    }

    /// <summary>Ends and begins again on the same data.</summary>
    public async Task Restart()
    {
        await program.DisposeAsync();
        program = start();
        await program.Answers("health/ready");
    }

    public virtual async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A browser of its own: keeps cookies, follows nothing by itself.</summary>
    public HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    public HttpClient Bearing(string token)
    {
        var client = Browser();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Fills the page's form and sends it, hidden fields included.</summary>
    public static async Task<HttpResponseMessage> Fill(HttpClient browser, string page, params (string Name, string Value)[] fields)
    {
        var html = await browser.GetStringAsync(page);
        var hidden = Regex.Match(html, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        var all = fields.Append(("__RequestVerificationToken", hidden)).Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        return await browser.PostAsync(page, new FormUrlEncodedContent(all));
    }

    public static Task<HttpResponseMessage> SignIn(HttpClient browser, string email, string password = Password) =>
        Fill(browser, "identity/sign-in", ("email", email), ("password", password));

    /// <summary>Asks for a code as the web does; the answer redirects with a code, or with an error.</summary>
    public async Task<HttpResponseMessage> Authorize(HttpClient browser, string method = "S256", bool proof = true, string more = "")
    {
        var challenge = method == "S256" ? Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))) : Verifier;
        var query = $"client_id=web&response_type=code&scope=openid%20profile%20api%20offline_access&state=s&redirect_uri={Uri.EscapeDataString(Callback)}";
        return await browser.GetAsync($"connect/authorize?{query}{(proof ? $"&code_challenge={challenge}&code_challenge_method={method}" : "")}{more}");
    }

    /// <summary>The code for somebody of the demonstration.</summary>
    public async Task<string> CodeFor(string email)
    {
        using var browser = Browser();
        await SignIn(browser, email);
        return CodeIn(await Authorize(browser));
    }

    public static string CodeIn(HttpResponseMessage answer) => Uri.UnescapeDataString(Regex.Match(answer.Headers.Location!.Query, "[?&]code=([^&]+)").Groups[1].Value);

    public Task<(HttpStatusCode Status, JsonElement Body)> Exchange(string code, string verifier = Verifier) => Ask(
        ("grant_type", "authorization_code"), ("code", code), ("code_verifier", verifier), ("redirect_uri", Callback),
        ("client_id", "web"), ("client_secret", Secret("web-client")));

    public Task<(HttpStatusCode Status, JsonElement Body)> Refresh(string refreshToken) => Ask(
        ("grant_type", "refresh_token"), ("refresh_token", refreshToken), ("client_id", "web"), ("client_secret", Secret("web-client")));

    public Task<(HttpStatusCode Status, JsonElement Body)> Machine(string client, string secret, string scope = "api") => Ask(
        ("grant_type", "client_credentials"), ("client_id", client), ("client_secret", Secret(secret)), ("scope", scope));

    /// <summary>An access token of somebody of the demonstration, through sign-in form, code and exchange.</summary>
    public async Task<string> TokenFor(string email) => (await Exchange(await CodeFor(email))).Body.GetProperty("access_token").GetString()!;

    public string Secret(string name) => File.ReadAllText(SecretFile(name));

    public string SecretFile(string name) => Path.Combine(DataFolder, "secrets", name);

    private async Task<(HttpStatusCode, JsonElement)> Ask(params (string, string)[] fields)
    {
        using var http = Browser();
        using var response = await http.PostAsync("connect/token", new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}

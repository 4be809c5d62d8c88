using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MimeKit;
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

    protected virtual string Issuer => Address.ToString().TrimEnd('/');

    /// <summary>Before the first start: more settings, or files in the data folder.</summary>
    protected virtual void Arrange(Dictionary<string, string> settings)
    {
        // Most tests need none.
    }

    protected virtual Uri Suppliers => Address;

    private string Callback => $"{Address}sign-in/callback";

    public virtual async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string>
        {
            ["Mode"] = Mode, ["DataFolder"] = DataFolder, ["Services:suppliers"] = Suppliers.ToString(), ["Issuer"] = Issuer,
        };
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } postgres)
            settings["ConnectionStrings:identity"] = Database = $"{postgres};Database=test_identity_{Guid.CreateVersion7():N};Maximum Pool Size=10";
        Arrange(settings);
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
        return await Send(browser, page, await browser.GetStringAsync(page), fields);
    }

    /// <summary>Sends a form of a page that was read before.</summary>
    public static async Task<HttpResponseMessage> Send(HttpClient browser, string page, string html, params (string Name, string Value)[] fields)
    {
        var hidden = Regex.Match(html, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        var all = fields.Append(("__RequestVerificationToken", hidden)).Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        return await browser.PostAsync(page, new FormUrlEncodedContent(all));
    }

    public static Task<HttpResponseMessage> SignIn(HttpClient browser, string email, string password = Password) =>
        Fill(browser, "identity/sign-in", ("email", email), ("password", password));

    /// <summary>Takes an authenticator app into the account of whoever is signed in, and says what it shares with us, the codes on paper, and the code that is spent by it.</summary>
    public static async Task<(string Secret, IReadOnlyList<string> Papers, string Code)> TakeApp(HttpClient browser)
    {
        var page = await browser.GetStringAsync("identity/account/app");
        var secret = Regex.Match(page, "<code class=\"whole\">([A-Z2-7]+)</code>").Groups[1].Value;
        var code = CodeOf(secret);
        var answer = await Send(browser, "identity/account/app", page, ("given", Regex.Match(page, "name=\"given\" value=\"([^\"]+)\"").Groups[1].Value), ("code", code));
        return (secret, [.. Regex.Matches(await answer.Content.ReadAsStringAsync(), "<code class=\"whole\">([a-z0-9-]{19})</code>").Select(m => m.Groups[1].Value)], code);
    }

    /// <summary>What the app shows, or so many codes later: each works once.</summary>
    public static string CodeOf(string secret, int later = 0) => new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(secret)).ComputeTotp(DateTime.UtcNow.AddSeconds(30 * later));

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

    /// <summary>The address in the newest mail to somebody that leads to a page.</summary>
    public async Task<string> LinkTo(string email, string page, string subject = "")
    {
        var link = "";
        await Wait.Until(() =>
        {
            link = Mails().Where(m => m.To.Mailboxes.Single().Address == email && (m.Subject ?? "").Contains(subject, StringComparison.Ordinal)).OrderByDescending(m => m.Date)
                .Select(m => Regex.Match(m.TextBody ?? "", $@"https?://\S+/identity/{page}\S*").Value).FirstOrDefault(l => l.Length > 0) ?? "";
            return Task.FromResult(link.Length > 0);
        }, $"a mail to {email} with {page}");
        return new Uri(link).PathAndQuery.TrimStart('/');
    }

    public List<MimeMessage> Mails()
    {
        var folder = Path.Combine(DataFolder, "mail");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.eml").Select(f => MimeMessage.Load(f))] : [];
    }

    /// <summary>Changes rows behind the program's back: time cannot be moved for security.</summary>
    public async Task Write(string sql)
    {
        await using System.Data.Common.DbConnection connection = Database.Length > 0
            ? new Npgsql.NpgsqlConnection(Database)
            : new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Directory.GetFiles(DataFolder, "identity*.db").Single()}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }

    public string Secret(string name) => File.ReadAllText(SecretFile(name));

    public string SecretFile(string name) => Path.Combine(DataFolder, "secrets", name);

    /// <summary>What a program sends to one of the issuer's addresses. An empty answer is an undefined element.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> Send(string path, params (string, string)[] fields)
    {
        using var http = Browser();
        using var response = await http.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
        var body = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body));
    }

    private Task<(HttpStatusCode, JsonElement)> Ask(params (string, string)[] fields) => Send("connect/token", fields);
}

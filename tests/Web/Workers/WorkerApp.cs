using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;
using Recruitment.Testing;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Tests.Workers;

/// <summary>The web and the real grievances service behind it; a worker's phone that knows neither cookies nor scripts.</summary>
public sealed partial class WorkerApp : IAsyncLifetime
{
    private static readonly Guid Operator = Guid.CreateVersion7();
    private readonly Dictionary<string, string> settings;
    private ServiceHost<Grievances.Program> grievances = null!;

    public WorkerApp() => settings = [];

    /// <summary>For an office that has set other numbers.</summary>
    internal WorkerApp(Dictionary<string, string> settings) => this.settings = settings;

    internal ServiceHost<Program> Web { get; private set; } = null!;
    internal Line Line { get; private set; } = null!;
    internal HttpClient Phone { get; private set; } = null!;
    internal HpkeKeyPair ReaderKeys { get; } = Hpke.NewKeyPair();
    internal HttpClient Reader => grievances.Client(Roles.CaseHandler, Operator, PartyKinds.Operator, "mai");

    public async ValueTask InitializeAsync()
    {
        grievances = await ServiceHost<Grievances.Program>.Start("grievances", settings);
        var b64 = Convert.ToBase64String(new byte[16]);
        using var registered = await Reader.PostAsJsonAsync("/api/v1/grievances/readers", new
        {
            publicKey = Convert.ToBase64String(ReaderKeys.PublicKey),
            wrappedKey = new { kdf = "PBKDF2-HMAC-SHA256", iterations = 600_000, salt = b64, cipher = "AES-256-GCM", nonce = Convert.ToBase64String(new byte[12]), ciphertext = b64 },
        });
        var id = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        using var assigned = await grievances.Client(Roles.Administrator, Operator, PartyKinds.Operator).PutAsJsonAsync($"/api/v1/grievances/readers/{id}/intake", new { intake = true });
        assigned.EnsureSuccessStatusCode();

        Line = new Line(grievances.Anonymous());
        Web = await ServiceHost<Program>.Start("web", null, services => services.AddHttpClient(typeof(GrievancesClient).FullName!).ConfigurePrimaryHttpMessageHandler(() => Line));
        Phone = Web.Anonymous();
        Phone.BaseAddress = new("http://workers.localhost/");
        Phone.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    /// <summary>A page as the phone shows it: no redirect followed, no cookie accepted.</summary>
    internal async Task<Page> Get(string path) => await Page.Of(await Phone.GetAsync(new Uri(path, UriKind.Relative)));

    internal async Task<Page> Post(string path, params (string Name, string Value)[] fields) =>
        await Page.Of(await Phone.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)))));

    /// <summary>Answers the question of this page and goes on.</summary>
    internal Task<Page> Next(string language, Page page, string go, params (string Name, string Value)[] answers) =>
        Post($"/w/{language}/form", [("step", page.Hidden("step")), ("state", page.Hidden("state")), ("go", go), .. answers]);

    /// <summary>Puts the one reader on the intake team, or takes him off it.</summary>
    internal async Task SetIntake(bool open)
    {
        using var administrator = grievances.Client(Roles.Administrator, Operator, PartyKinds.Operator);
        var readers = await administrator.GetFromJsonAsync<JsonElement>("/api/v1/grievances/readers");
        using var answer = await administrator.PutAsJsonAsync($"/api/v1/grievances/readers/{readers.GetProperty("items")[0].GetProperty("id").GetGuid()}/intake", new { intake = open });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>From the first page to the one that shows the receipt.</summary>
    internal async Task<Page> ToReceipt(string language, string text = "They keep my passport", bool mayCount = true)
    {
        var page = await Post($"/w/{language}/form");
        page = await Next(language, page, "next", ("answer", "yes"));
        page = await Next(language, page, "skip");
        page = await Next(language, page, "next", ("query", "A factory by the river"));
        page = await Next(language, page, "next", ("topic", "documents"));
        page = await Next(language, page, "next", ("text", text));
        page = await Next(language, page, "next", ("handler", "woman"), ("interpreter", "man"));
        return await Next(language, page, "next", [.. mayCount ? [("use_anonymised_for_stats", "yes")] : Array.Empty<(string, string)>()]);
    }

    /// <summary>The token sealed in a case, as its reader opens it.</summary>
    internal async Task<string> TokenOf(Guid id)
    {
        var (g, aad) = (await Reader.GetFromJsonAsync<JsonElement>($"/api/v1/grievances/{id}/sealed"), System.Text.Encoding.ASCII.GetBytes(id.ToString()));
        var key = Hpke.Open(ReaderKeys.PrivateKey, "recruitment grievances case key v1"u8.ToArray(), aad, g.GetProperty("caseKey").GetBytesFromBase64());
        var told = Hpke.Open(key, "recruitment grievances message v1"u8.ToArray(), aad, g.GetProperty("messages")[0].GetProperty("sealed").GetBytesFromBase64());
        return JsonSerializer.Deserialize<JsonElement>(told).GetProperty("contributionToken").GetString()!;
    }

    /// <summary>As somebody who saw her code does, past the pages.</summary>
    internal async Task FileUnder(string code)
    {
        using var filed = await grievances.Anonymous().PostAsJsonAsync("/api/v1/grievances", new { receipt = code, language = "en", text = "nonsense", formId = Guid.CreateVersion7() });
        filed.EnsureSuccessStatusCode();
    }

    internal async Task<IReadOnlyList<Guid>> CaseIds() =>
        [.. (await Reader.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("items").EnumerateArray().Select(g => g.GetProperty("id").GetGuid())];

    internal async Task<int> Messages(Guid id) => (await Reader.GetFromJsonAsync<JsonElement>($"/api/v1/grievances/{id}/sealed")).GetProperty("messages").GetArrayLength();

    internal async Task<int> Cases() => (await Reader.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("items").GetArrayLength();

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await grievances.DisposeAsync();
    }
}

internal sealed partial record Page(HttpStatusCode Status, string Html, HttpResponseMessage Response)
{
    public static async Task<Page> Of(HttpResponseMessage response)
    {
        Assert.False(response.Headers.Contains("Set-Cookie"), "a worker's page set a cookie");
        return new(response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()), response);
    }

    public string Hidden(string name) => Regex.Match(Html, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;

    /// <summary>What a button of this wording asks for.</summary>
    public string Go(string wording) => Regex.Match(Html, $"name=\"go\" value=\"([^\"]*)\"[^>]*>{Regex.Escape(wording)}<").Groups[1].Value;

    public string Code => CodeShown().Match(Html).Groups[1].Value;

    [GeneratedRegex("class=\"code\">([0-9-]+)<")]
    private static partial Regex CodeShown();
}

/// <summary>The line between web and grievances, which a test can cut before or after the service has answered.</summary>
internal sealed class Line(HttpClient service) : HttpMessageHandler
{
    public bool CutBefore { get; set; }
    /// <summary>The path whose answers get lost.</summary>
    public string? CutAfter { get; set; }

    /// <summary>What something between the two answers in place of the service.</summary>
    public Func<HttpResponseMessage>? Instead { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Instead is not null) return Instead();
        if (CutBefore) throw new HttpRequestException("The line is cut.");
        using var passed = new HttpRequestMessage(request.Method, request.RequestUri!.PathAndQuery) { Content = request.Content };
        if (request.Headers.Authorization is { } token) passed.Headers.Authorization = token;
        var answer = await service.SendAsync(passed, cancellationToken);
        if (request.RequestUri.AbsolutePath == CutAfter) throw new HttpRequestException("The line was cut after the answer.");
        return answer;
    }
}

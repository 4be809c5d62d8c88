using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Workers;

/// <summary>A worker files a case; afterwards nothing that any program wrote, and no file, says that somebody was there.</summary>
public sealed partial class VisitDiaryTests
{
    private const string Address = "203.0.113.77";
    private const string Phone = "OldPhone/7.7 (very recognisable)";
    private const string Story = "Seventeen purple umbrellas stood in the corridor";
    private const string Workplace = "Purple Umbrella Works";

    [Fact]
    public async Task One_process_keeps_no_visit_diary()
    {
        await using var product = await Running.AsOneProcess();

        await LeavesNothing(product);
    }

    [Fact]
    public async Task Gateway_web_and_service_keep_no_visit_diary()
    {
        Assert.SkipUnless(Running.CanRunSeparately, "needs PostgreSQL and RabbitMQ");
        await using var product = await Running.AsManyProcesses();

        await LeavesNothing(product);
    }

    [Fact]
    public void A_diary_would_be_found() => Assert.Throws<Xunit.Sdk.DoesNotContainException>(
        () => IsClean($"info: Request starting HTTP/1.1 GET http://workers.localhost/w/en from {Address}", "12345"));

    private static async Task LeavesNothing(Running product)
    {
        await Reader(product);
        using var phone = product.Client();
        phone.DefaultRequestHeaders.Host = product.Workers.Authority;
        phone.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Phone);
        foreach (var header in new[] { "X-Forwarded-For", "X-Real-IP", "Forwarded" }) phone.DefaultRequestHeaders.TryAddWithoutValidation(header, header == "Forwarded" ? $"for={Address}" : Address);

        await Get(phone, "w");
        await Get(phone, "w/en");
        await Get(phone, "w/en/nothing");
        var page = await Post(phone, "w/en/form");
        page = await Post(phone, "w/en/form", State(page, "next", ("answer", "no")));
        page = await Post(phone, "w/en/form", State(page, "skip"));
        page = await Post(phone, "w/en/form", State(page, "search", ("query", Workplace)));
        page = await Post(phone, "w/en/form", State(page, "next", ("query", Workplace)));
        page = await Post(phone, "w/en/form", State(page, "skip"));
        page = await Post(phone, "w/en/form", State(page, "next", ("text", Story)));
        page = await Post(phone, "w/en/form", State(page, "next", ("handler", "woman")));
        page = await Post(phone, "w/en/form", State(page, "next"));
        var code = Code().Match(page).Groups[1].Value;
        Assert.NotEmpty(code);
        var sent = await Post(phone, "w/en/form", State(page, "next"));
        Assert.Contains(code, sent);
        await Post(phone, "w/en/open", ("code", code), ("go", "write"), ("message", Guid.Empty.ToString()), ("text", Story));
        await Post(phone, "w/en/open", ("code", "12345"));
        await Post(phone, "w/en/open", ("code", code), ("go", "lock"));
        // What is written late, on the way out too, must be found.
        await product.Stop();

        IsClean(product.Output, code);
        foreach (var (_, content) in await RawFiles.In(product.DataFolder)) IsClean(content, code);
    }

    private static void IsClean(string written, string code)
    {
        foreach (var trace in new[] { Address, Phone, Story, Workplace, code, code.Replace("-", "", StringComparison.Ordinal), "workers.localhost", "/w/en", "/api/v1/grievances", "/suppliers/directory" })
            Assert.DoesNotContain(trace, written, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Somebody reads, or intake is closed.</summary>
    private static async Task Reader(Running product)
    {
        using var handler = await product.As("case_handler");
        var b64 = Convert.ToBase64String(new byte[32]);
        using var registered = await handler.PostAsJsonAsync("api/v1/grievances/readers", new
        {
            publicKey = Convert.ToBase64String(HpkeVector.RecipientPublic),
            wrappedKey = new { kdf = "PBKDF2-HMAC-SHA256", iterations = 600_000, salt = b64, cipher = "AES-256-GCM", nonce = Convert.ToBase64String(new byte[12]), ciphertext = b64 },
        });
        // The demonstration may have named its own reader by now.
        if (registered.StatusCode == HttpStatusCode.Conflict)
        {
            await Wait.Until(async () => (await handler.GetFromJsonAsync<JsonElement>("api/v1/grievances/intake")).GetProperty("open").GetBoolean(), "intake did not open");
            return;
        }
        registered.EnsureSuccessStatusCode();
        var id = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        using var administrator = await product.As("administrator");
        using var assigned = await administrator.PutAsJsonAsync($"api/v1/grievances/readers/{id}/intake", new { intake = true });
        assigned.EnsureSuccessStatusCode();
    }

    private static async Task Get(HttpClient phone, string path)
    {
        using var answer = await phone.GetAsync(new Uri(path, UriKind.Relative));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    private static async Task<string> Post(HttpClient phone, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await phone.PostAsync(new Uri(path, UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static (string Name, string Value)[] State(string page, string go, params (string Name, string Value)[] answers) =>
        [("step", Hidden(page, "step")), ("state", Hidden(page, "state")), ("go", go), .. answers];

    private static string Hidden(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("class=\"code\">([0-9-]+)<")]
    private static partial Regex Code();
}

using System.Net;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Organisation;

/// <summary>How an owner gives programs access and lets people sign in to them, in both languages.</summary>
public sealed class ProgramsPagesTests : IAsyncLifetime
{
    private const string Identity = "/api/v1/identity";
    private const string Party = "00000000-0000-0000-0000-000000000000";
    private const string Keys = """{"keys":[{"kty":"EC","crv":"P-256","x":"a","y":"b"}]}""";
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync()
    {
        pages.ReaderRoles = ["supplier_user", "owner"];
        pages.Service.Answers[$"GET {Identity}/organisations/{Party}"] = (HttpStatusCode.OK, $$"""{"partyId":"{{Party}}","kind":"supplier","claim":"verified","roles":["supplier_user"],"owners":1,"people":1,"reviewId":null,"reviewDueOn":null}""");
        pages.Service.Answers[$"GET {Identity}/clients"] = (HttpStatusCode.OK, $$"""
            {"items":[{"clientId":"client-1","version":3,"partyId":"{{Party}}","name":"Payroll","role":"supplier_user","scopes":["risk.read","suppliers"],"createdBy":"somebody","createdAt":"2026-01-01T00:00:00Z","expiresAt":"2099-01-01T00:00:00Z","lastUsedOn":null,"endedAt":null,"oldSecretUntil":"2099-01-01T08:30:00Z"}],"next":null}
            """);
        pages.Service.Answers[$"GET {Identity}/sign-in-clients"] = (HttpStatusCode.OK, $$"""
            {"items":[{"clientId":"sign-in-1","version":2,"partyId":"{{Party}}","name":"Intranet","redirectUris":["https://intranet.rung-fah.example/back"],"isPublic":false,"createdBy":"somebody","createdAt":"2026-01-01T00:00:00Z","endedAt":null,"oldSecretUntil":null},
             {"clientId":"sign-in-2","version":1,"partyId":"{{Party}}","name":"Desk","redirectUris":["http://127.0.0.1/back"],"isPublic":true,"createdBy":"somebody","createdAt":"2026-01-01T00:00:00Z","endedAt":null,"oldSecretUntil":null}],"next":null}
            """);
        return pages.InitializeAsync();
    }

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("/organisation/programs", "Read at Risk; Read and write at Suppliers", "The old secret works until 2099-01-01 08:30 UTC.", "Only at some services", "Keys of its own instead of a secret")]
    [InlineData("/th/organisation/programs", "อ่านที่ความเสี่ยง; อ่านและเขียนที่ผู้ผลิต", "รหัสลับเดิมใช้ได้ถึง 2099-01-01 08:30 UTC")]
    [InlineData("/organisation/sign-in-programs", "Intranet", "https://intranet.rung-fah.example/back", "with a secret", "by nothing (public)")]
    [InlineData("/th/organisation/sign-in-programs", "โปรแกรมที่ผู้คนเข้าสู่ระบบ", "ไม่มี (สาธารณะ)")]
    public async Task What_an_organisation_has_is_said_in_the_language_of_the_address(string address, params string[] said)
    {
        var page = WebUtility.HtmlDecode(await pages.Client.GetStringAsync(address));

        Assert.All(said, words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.DoesNotMatch("(sip|programs|scope|grace|service)\\.[a-z]", page.Replace("api.read", "", StringComparison.Ordinal)); // a key without a wording
    }

    [Fact]
    public async Task Single_services_take_the_place_of_the_wide_scope_and_keys_that_of_a_secret()
    {
        pages.Service.Answers[$"POST {Identity}/clients"] = (HttpStatusCode.Created, """{"clientId":"client-2","version":1,"secret":null,"expiresAt":"2099-01-01T00:00:00Z"}""");

        var made = await (await pages.Post("/organisation/programs", "/organisation/programs?handler=Make",
            ("Name", "Ledger"), ("Role", "supplier_user"), ("Scope", "api"), ("Only", "risk.read"), ("Only", "suppliers"), ("Jwks", Keys), ("Days", "30"))).Content.ReadAsStringAsync();

        var body = pages.Service.Calls.Single().Body;
        Assert.Contains("\"scopes\":[\"risk.read\",\"suppliers\"]", body, StringComparison.Ordinal);
        Assert.Contains("\"jwks\":\"{", body, StringComparison.Ordinal);
        Assert.Contains("client-2", made, StringComparison.Ordinal);
        Assert.Contains("It has no secret", made, StringComparison.Ordinal);
        Assert.DoesNotContain("client_secret", made, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/organisation/programs", "clients/client-1")]
    [InlineData("/organisation/sign-in-programs", "sign-in-clients/sign-in-1")]
    public async Task A_new_secret_is_shown_once_and_the_old_one_goes_on_as_long_as_was_chosen(string address, string client)
    {
        pages.Service.Answers[$"POST {Identity}/{client}/secret"] = (HttpStatusCode.OK, """{"version":4,"secret":"only-now","oldSecretUntil":"2099-01-01T00:00:00Z"}""");

        using var answer = await pages.Post(address, $"{address}?handler=Secret", ("client", client.Split('/')[1]), ("Grace", "0"), ("Once.Version", "3"));
        var until = System.Text.Json.JsonDocument.Parse(pages.Service.Calls.Single().Body).RootElement.GetProperty("oldSecretUntil").GetDateTime();

        Assert.Contains("only-now", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.True(until <= DateTime.UtcNow);
        Assert.DoesNotContain("only-now", await pages.Client.GetStringAsync(address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_is_registered_with_each_address_that_was_written_and_its_secret_shown_once()
    {
        pages.Service.Answers[$"POST {Identity}/sign-in-clients"] = (HttpStatusCode.Created, """{"clientId":"sign-in-3","version":1,"secret":"shown-once"}""");

        var made = await (await pages.Post("/organisation/sign-in-programs", "/organisation/sign-in-programs?handler=Register",
            ("Name", "Canteen"), ("RedirectUris", "https://a.example/back\r\n\r\nhttps://b.example/back"), ("IsPublic", "false"))).Content.ReadAsStringAsync();

        Assert.Contains("\"redirectUris\":[\"https://a.example/back\",\"https://b.example/back\"]", pages.Service.Calls.Single().Body, StringComparison.Ordinal);
        Assert.Contains("shown-once", made, StringComparison.Ordinal);
        Assert.DoesNotContain("Canteen", made, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/organisation/sign-in-programs", "Nobody has checked yet who answers for your organisation.")]
    [InlineData("/th/organisation/sign-in-programs", "ยังไม่มีใครตรวจว่าใครเป็นตัวแทนองค์กรของคุณ")]
    public async Task A_refusal_is_told_in_the_language_of_the_page_and_what_was_written_stays(string address, string said)
    {
        pages.Service.Answers[$"POST {Identity}/sign-in-clients"] = (HttpStatusCode.Conflict, """{"type":"urn:recruitment:organisation-not-verified","detail":"The operator has not verified yet."}""");

        var page = WebUtility.HtmlDecode(await (await pages.Post(address, $"{address}?handler=Register", ("Name", "Canteen"), ("RedirectUris", "https://a.example/back"))).Content.ReadAsStringAsync());

        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains("value=\"Canteen\"", page, StringComparison.Ordinal);
        Assert.Contains("https://a.example/back</textarea>", page, StringComparison.Ordinal);
    }
}

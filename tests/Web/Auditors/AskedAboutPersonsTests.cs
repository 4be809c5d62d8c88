using System.Net;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Auditors;

/// <summary>What an auditor writes is read by the recruiter and by whoever decides: before it is saved he is shown what in it may point to a person.</summary>
public sealed class AskedAboutPersonsTests : IAsyncLifetime
{
    private static readonly string Page = $"/auditors/audit/{Answering.Id}";
    private static readonly string Audit = $"/api/v1/accreditation/audits/{Answering.Id}";

    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("audit_assigned", "Finding", "PUT", "findings/A1", "text-A1", "A1")]
    [InlineData("granted", "CloseFinding", "POST", "findings/A1/closure", "proof-A1", "proof-A1")]
    [InlineData("audit_assigned", "Close", "POST", "close", "summary", "summary")]
    public async Task A_refused_text_comes_back_with_each_place_and_a_field_for_the_reason(string state, string handler, string method, string path, string field, string where)
    {
        Refused(state, $"{method} {Audit}/{path}");

        var page = WebUtility.HtmlDecode(await (await pages.Post(Page, $"{Page}?handler={handler}", [("criterion", "A1"), (field, "Call 0812345678."), .. Rest(handler)])).Content.ReadAsStringAsync());

        foreach (var shown in (string[])["1 place in the text", "“0812345678” may be a phone number. Reason, if it stays", "name=\"keep-abc\"", "“compliant” is a claim that no audit can make: change it.", "Call 0812345678.</textarea>"]) Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"keep-def\"", page, StringComparison.Ordinal);
        Assert.Contains(pages.Service.Calls, c => c.Call == $"POST {Audit}/text-scans" && c.Body.Contains($"\"where\":\"{where}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_reason_goes_along_when_the_text_is_saved()
    {
        pages.Service.Application("audit_assigned", "audit");

        var saved = await pages.Post(Page, $"{Page}?handler=Finding", ("criterion", "A1"), ("text-A1", "Call 0812345678."), ("keep-abc", "The public hotline."), ("keep-xyz", " "));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("\"kept\":[{\"hit\":\"abc\",\"reason\":\"The public hotline.\"}]", Assert.Single(pages.Service.Calls).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_typed_for_one_finding_is_not_lost_when_another_is_saved()
    {
        pages.Service.Application("audit_assigned", "audit");

        var page = await (await pages.Post(Page, $"{Page}?handler=Finding", ("criterion", "B1"), ("text-B1", "The ledger agrees."), ("text-A1", "Call 0812345678."), ("keep-abc", "The public hotline."))).Content.ReadAsStringAsync();

        Assert.Contains("name=\"keep-abc\" value=\"The public hotline.\"", page, StringComparison.Ordinal);
    }

    private static (string, string)[] Rest(string handler) => handler == "Close" ? [("auditedOn", "2026-03-01")] : [];

    private void Refused(string state, string call)
    {
        pages.Service.Application(state, extra: state == "granted" ? Answering.Basis : "");
        pages.Service.Answers[call] = (HttpStatusCode.Conflict, """{"type":"urn:recruitment:scan-hits-open","detail":"1 place in the text may point to a person."}""");
        pages.Service.Answers[$"POST {Audit}/text-scans"] = (HttpStatusCode.OK, """{"hits":[{"id":"abc","kind":"phone","where":"A1","text":"0812345678"},{"id":"def","kind":"claim","where":"A1","text":"compliant"}]}""");
    }
}

using System.Net;
using Recruitment.Platform;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Auditors;

/// <summary>What a decision maker writes is read by the recruiter or the auditor: before it is saved she is shown what in it may point to a person.</summary>
public sealed class AskedAboutPersonsInDecisionsTests : IAsyncLifetime
{
    private static readonly string Page = $"/auditors/decision/{Answering.Id}";
    private static readonly string Application = $"/api/v1/accreditation/applications/{Answering.Id}";

    private readonly PagesOfAssessment pages = new() { ReaderRoles = [Roles.DecisionMaker] };

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("ready_for_decision", "Decide", "decision", "", "rationale", "rationale")]
    [InlineData("granted", "Status", "status", "suspend", "money", "money")]
    [InlineData("granted", "Status", "status", "suspend", "papers", "papers")]
    [InlineData("granted", "Status", "status", "suspend", "contracts", "contracts")]
    [InlineData("granted", "Status", "status", "suspend", "travel", "travel")]
    [InlineData("suspended", "Status", "status", "withdraw", "why", "rationale")]
    [InlineData("suspended", "Status", "status", "restore", "why", "rationale")]
    public async Task A_refused_text_comes_back_with_each_place_beside_it_and_a_field_for_the_reason(string state, string handler, string path, string act, string field, string where)
    {
        Refused(state, path);

        var page = WebUtility.HtmlDecode(await (await Send(handler, act, (field, "Call 0812345678."), ("keep-xyz", "Of an earlier wording."))).Content.ReadAsStringAsync());

        foreach (var shown in (string[])["1 place in the text", "“compliant” is a claim that no audit can make: change it.", "Call 0812345678.</textarea>"]) Assert.Contains(shown, page, StringComparison.Ordinal);
        // Beside its own field, with no other between.
        var after = page[page.IndexOf("Call 0812345678.</textarea>", StringComparison.Ordinal)..];
        var asked = after.IndexOf("“0812345678” may be a phone number. Reason, if it stays", StringComparison.Ordinal);
        Assert.True(asked > 0);
        Assert.DoesNotContain("<textarea", after[..asked], StringComparison.Ordinal);
        Assert.Single(page.Split("name=\"keep-abc\"").Skip(1));
        Assert.DoesNotContain("name=\"keep-def\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"keep-xyz\" value=\"Of an earlier wording.\"", page, StringComparison.Ordinal);
        Assert.Contains(pages.Service.Calls, c => c.Call == $"POST {Application}/text-scans" && c.Body.Contains($"\"where\":\"{where}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ready_for_decision", "Decide", "", "rationale")]
    [InlineData("granted", "Status", "suspend", "money")]
    [InlineData("granted", "Status", "withdraw", "why")]
    [InlineData("suspended", "Status", "restore", "why")]
    public async Task The_reason_goes_along_when_the_text_is_saved(string state, string handler, string act, string field)
    {
        pages.Service.Application(state);

        var saved = await Send(handler, act, (field, "Call 0812345678."), ("keep-abc", "The public hotline."), ("keep-xyz", " "));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("\"kept\":[{\"hit\":\"abc\",\"reason\":\"The public hotline.\"}]", Assert.Single(pages.Service.Calls).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_that_was_typed_stays_in_its_field_while_another_is_missing()
    {
        Refused("ready_for_decision", "decision");

        var page = await (await Send("Decide", "", ("rationale", "Call 0812345678."), ("keep-abc", "The public hotline."))).Content.ReadAsStringAsync();

        Assert.Contains("id=\"keep-abc\" name=\"keep-abc\" value=\"The public hotline.\"", page, StringComparison.Ordinal);
        Assert.Single(page.Split("name=\"keep-abc\"").Skip(1));
        Assert.Contains("value=\"granted\" required checked=\"checked\"", page, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> Send(string handler, string act, params (string, string)[] fields) =>
        pages.Post(Page, $"{Page}?handler={handler}", [("outcome", "granted"), ("act", act), ("reason", "at_own_request"), ("confirmed", "true"), .. fields]);

    private void Refused(string state, string path)
    {
        pages.Service.Application(state);
        pages.Service.Answers[$"POST {Application}/{path}"] = (HttpStatusCode.Conflict, """{"type":"urn:recruitment:scan-hits-open","detail":"1 place in the text may point to a person."}""");
        pages.Service.Answers[$"POST {Application}/text-scans"] = (HttpStatusCode.OK, """{"hits":[{"id":"abc","kind":"phone","where":"rationale","text":"0812345678"},{"id":"def","kind":"claim","where":"rationale","text":"compliant"}]}""");
    }
}

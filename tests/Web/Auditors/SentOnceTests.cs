using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Platform;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Auditors;

/// <summary>What auditors, decision makers and the scheme manager send is done once, and only on what they read.</summary>
public sealed class SentOnceTests : IAsyncLifetime
{
    private readonly PagesOfAssessment pages = new() { ReaderRoles = [Roles.SchemeManager, Roles.DecisionMaker] };

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("submitted", "scheme/application", "Review", "applications/{0}/review", "outcome=rejected&reason=Out+of+scope")]
    [InlineData("eligible", "scheme/application", "Ask", "applications/{0}/audit-body", "body=0195a000-0000-7000-8000-0000000000bb")]
    [InlineData("eligible", "audit", "Declare", "applications/{0}/conflict-declarations", "hasConflict=false&statement=None&signedAs=Malee")]
    [InlineData("audit_assigned", "audit", "Finding", "audits/{0}/findings/A1", "criterion=A1&grade-A1=conform&text-A1=Seen&level-A1=document")]
    [InlineData("audit_assigned", "audit", "Close", "audits/{0}/close", "auditedOn=2026-01-31&summary=Seen")]
    [InlineData("ready_for_decision", "decision", "Decide", "applications/{0}/decision", "outcome=granted&rationale=All+was+shown.")]
    [InlineData("granted", "decision", "Status", "applications/{0}/status", "act=withdraw&reason=deception&why=The+licence+was+forged.&confirmed=true")]
    public async Task A_form_goes_under_a_key_of_its_own_and_with_the_version_that_was_read(string state, string page, string handler, string call, string fields)
    {
        pages.Service.Application(state);
        var form = await Open(page);

        await Send(page, handler, form, fields);
        await Send(page, handler, form, fields);
        await Send(page, handler, await Open(page), fields);

        var sent = pages.Service.Guards;
        Assert.Equal(3, sent.Count);
        Assert.All(sent, s => Assert.EndsWith(string.Format(null, call, Answering.Id), s.Call, StringComparison.Ordinal));
        Assert.All(sent, s => Assert.Equal("\"7\"", s.IfMatch));
        Assert.Equal(sent[0].Key, sent[1].Key);
        Assert.Matches("^[0-9A-F]{32}$", sent[0].Key);
        Assert.NotEqual(sent[0].Key, sent[2].Key);
    }

    [Fact]
    public async Task A_decision_on_what_has_changed_since_is_refused_and_its_reasons_stay()
    {
        pages.Service.Application("ready_for_decision");
        var form = await Open("decision");
        pages.Service.Answers[$"POST /api/v1/accreditation/applications/{Answering.Id}/decision"] = (HttpStatusCode.PreconditionFailed, """{"type":"urn:recruitment:changed-meanwhile","detail":"Read it again."}""");

        var page = await (await Send("decision", "Decide", form, "outcome=granted&rationale=All+was+shown.")).Content.ReadAsStringAsync();

        Assert.Contains("Somebody changed this after you opened the page.", page, StringComparison.Ordinal);
        Assert.Contains("All was shown.", page, StringComparison.Ordinal);
        Assert.Contains("name=\"Once.Version\" value=\"7\"", page, StringComparison.Ordinal);
    }

    private Task<string> Open(string page) => pages.Client.GetStringAsync($"/auditors/{page}/{Answering.Id}");

    private Task<HttpResponseMessage> Send(string page, string handler, string form, string fields)
    {
        string Hidden(string name) => Regex.Match(form, $"name=\"{Regex.Escape(name)}\"[^>]* value=\"([^\"]+)\"").Groups[1].Value;
        var guards = string.Join('&', new[] { "__RequestVerificationToken", "Once.Key", "Once.Version" }.Select(name => $"{name}={Uri.EscapeDataString(Hidden(name))}"));
        return pages.Client.PostAsync($"/auditors/{page}/{Answering.Id}?handler={handler}", new StringContent($"{fields}&{guards}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")));
    }
}

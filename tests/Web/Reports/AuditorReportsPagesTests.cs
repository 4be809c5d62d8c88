using System.Net;
using System.Text.RegularExpressions;

namespace Recruitment.Web.Tests.Reports;

public sealed partial class AuditorReportsPagesTests(PagesOfReports pages) : IClassFixture<PagesOfReports>
{
    private const string Audit = "0198f0c0-0000-7000-8000-000000000001";

    [Fact]
    public async Task An_empty_list_says_what_comes_first()
    {
        pages.Service.Answers["GET /api/v1/reports"] = (HttpStatusCode.OK, """{"items":[]}""");

        var page = await pages.Client.GetStringAsync(new Uri("/auditors/reports", UriKind.Relative));

        Assert.Contains("No report has been issued yet", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/auditors/reports")]
    [InlineData("/recruiters/reports")]
    public async Task A_page_that_the_list_of_this_organisation_does_not_have_is_the_first(string list)
    {
        pages.Service.Answers["GET /api/v1/reports"] = (HttpStatusCode.OK, """{"items":[]}""");
        pages.Service.Answers[$"GET /api/v1/reports?cursor={Audit}"] = (HttpStatusCode.BadRequest, """{"type":"urn:recruitment:unknown-cursor"}""");

        using var page = await pages.Client.GetAsync(new Uri($"{list}?cursor={Audit}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Every_hit_asks_for_an_answer_and_the_answers_are_sent()
    {
        Draft();
        pages.Service.Answers["POST /api/v1/reports"] = (HttpStatusCode.Created, """{"id":"0198f0c0-0000-7000-8000-000000000002","number":"R-2026-ABC-DEF-GHJ","sha256":"00"}""");
        var page = await pages.Client.GetAsync(new Uri($"/auditors/reports/new?audit={Audit}", UriKind.Relative));
        var form = await page.Content.ReadAsStringAsync();
        Assert.Contains("“081-234-5678” may be a phone number", WebUtility.HtmlDecode(form), StringComparison.Ordinal);

        var sent = await pages.Client.PostAsync(new Uri("/auditors/reports/new", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value, ["Audit"] = Audit, ["Languages"] = "th", ["Once.Key"] = "0123456789ABCDEF0123456789ABCDEF", ["action-abc"] = "remove",
        }));

        Assert.Equal("/auditors/reports?issued=R-2026-ABC-DEF-GHJ", sent.Headers.Location?.OriginalString);
        Assert.Contains("""{"hit":"abc","action":"remove","reason":null}""", pages.Service.LastBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_for_which_no_language_was_ticked_is_in_English()
    {
        Draft();
        pages.Service.Answers["POST /api/v1/reports"] = (HttpStatusCode.Created, """{"id":"0198f0c0-0000-7000-8000-000000000002","number":"R-2026-ABC-DEF-GHJ","sha256":"00"}""");
        var form = await pages.Client.GetStringAsync(new Uri($"/auditors/reports/new?audit={Audit}", UriKind.Relative));

        var sent = await pages.Client.PostAsync(new Uri("/auditors/reports/new", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value, ["Audit"] = Audit, ["Once.Key"] = "0123456789ABCDEF0123456789ABCDEF",
        }));

        Assert.Equal("/auditors/reports?issued=R-2026-ABC-DEF-GHJ", sent.Headers.Location?.OriginalString);
        Assert.Contains("\"languages\":[\"en\"]", pages.Service.LastBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_decision_the_draft_can_be_read_and_nothing_issued()
    {
        Draft(""","isDecided":false""");

        var page = await pages.Client.GetStringAsync(new Uri($"/auditors/reports/new?audit={Audit}", UriKind.Relative));

        Assert.Contains("issue the report after the decision", page, StringComparison.Ordinal);
        Assert.Contains("Read the draft</button>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Issue the report</button>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_that_is_refused_stays_in_its_open_field()
    {
        const string id = "0198f0c0-0000-7000-8000-000000000002";
        pages.Service.Answers["GET /api/v1/reports"] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{id}}","number":"R-2026-ABC-DEF-GHJ","auditId":"{{Audit}}","subjectName":"Saffron Bridge Recruitment","issuerName":"Lotus Lane Assurance","issuedOn":"2026-11-24","languages":["en"],"status":"issued"}]}""");
        pages.Service.Answers[$"POST /api/v1/reports/{id}/revocations"] = (HttpStatusCode.BadRequest, """{"type":"urn:recruitment:reason-may-point-to-a-person","detail":"Say what was wrong without it."}""");
        var list = await pages.Client.GetStringAsync(new Uri("/auditors/reports", UriKind.Relative));
        Assert.Contains("The recruiter reads it", list, StringComparison.Ordinal);

        var sent = await pages.Client.PostAsync(new Uri("/auditors/reports?handler=Revoke", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token().Match(list).Groups[1].Value, ["id"] = id, ["reason"] = "Told by Ma Thida Aye",
        }));

        var page = await sent.Content.ReadAsStringAsync();
        Assert.Contains("Say what was wrong without it.", page, StringComparison.Ordinal);
        Assert.Contains("<details open=\"open\">", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Told by Ma Thida Aye\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_was_refused_without_a_language_comes_back_with_all_that_was_typed()
    {
        Draft();
        pages.Service.Answers["POST /api/v1/reports"] = (HttpStatusCode.Conflict, """{"type":"urn:recruitment:scan-hits-open","detail":"1 place in the text. The draft lists them."}""");
        var form = await pages.Client.GetStringAsync(new Uri($"/auditors/reports/new?audit={Audit}", UriKind.Relative));

        var sent = await pages.Client.PostAsync(new Uri("/auditors/reports/new", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value, ["Audit"] = Audit, ["Once.Key"] = "0123456789ABCDEF0123456789ABCDEF",
            ["action-abc"] = "keep", ["reason-abc"] = "The number of the office", ["Supersedes"] = "R-2026-AAA-BBB-CCC", ["Reason"] = "A date was wrong",
        }));

        var page = WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync());
        Assert.Contains("“081-234-5678” may be a phone number", page, StringComparison.Ordinal);
        Assert.Matches("name=\"action-abc\" value=\"keep\" checked=\"checked\"", page);
        foreach (var typed in new[] { Audit, "0123456789ABCDEF0123456789ABCDEF", "The number of the office", "R-2026-AAA-BBB-CCC", "A date was wrong" })
            Assert.Contains($"value=\"{typed}\"", page, StringComparison.Ordinal);
        Assert.Contains("<details open=\"open\">", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("name=\"Languages\"[^>]*checked", page);
        Assert.Contains("formaction=\"/auditors/reports/new?handler=Preview\"", page, StringComparison.Ordinal); // and the draft can still be read
        Assert.Equal(HttpStatusCode.OK, (await Preview(page)).StatusCode);
        Assert.Contains("\"languages\":[\"en\"]", pages.Service.LastBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_without_an_answer_are_said_to_stand_on_this_page_and_English_to_be_in_every_report()
    {
        Draft();
        pages.Service.Answers["POST /api/v1/reports"] = (HttpStatusCode.Conflict, """{"type":"urn:recruitment:scan-hits-open","detail":"1 place in the text. The draft lists them."}""");
        var form = await pages.Client.GetStringAsync(new Uri($"/auditors/reports/new?audit={Audit}", UriKind.Relative));

        var sent = await pages.Client.PostAsync(new Uri("/auditors/reports/new", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value, ["Audit"] = Audit, ["Languages"] = "th", ["Once.Key"] = "0123456789ABCDEF0123456789ABCDEF",
        }));

        var page = WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync());
        Assert.Contains("They stand below on this page.", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#hits\">", page, StringComparison.Ordinal);
        Assert.Contains("id=\"hits\"", page, StringComparison.Ordinal);
        Assert.Contains("English is in every report, ticked or not", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_report_stands_its_number_is_told_and_the_fields_to_replace_it_are_open_with_all_that_was_chosen()
    {
        Draft();
        pages.Service.Answers["POST /api/v1/reports"] = (HttpStatusCode.Conflict, """{"type":"urn:recruitment:already-issued","detail":"A report about this audit already stands: R-2026-ABC-DEF-GHJ."}""");
        var form = await pages.Client.GetStringAsync(new Uri($"/auditors/reports/new?audit={Audit}", UriKind.Relative));
        Assert.DoesNotContain("<details open", form, StringComparison.Ordinal);

        var sent = await pages.Client.PostAsync(new Uri("/auditors/reports/new", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value, ["Audit"] = Audit, ["Languages"] = "km", ["Once.Key"] = "0123456789ABCDEF0123456789ABCDEF",
            ["action-abc"] = "keep", ["reason-abc"] = "The number of the office",
        }));

        var page = WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync());
        Assert.Contains("already stands: R-2026-ABC-DEF-GHJ.", page, StringComparison.Ordinal);
        Assert.Contains("<details open=\"open\">", page, StringComparison.Ordinal);
        Assert.Matches("name=\"action-abc\" value=\"keep\" checked=\"checked\"", page);
        Assert.Contains("value=\"The number of the office\"", page, StringComparison.Ordinal);
        Assert.Equal("km", Assert.Single(Regex.Matches(page, "name=\"Languages\" value=\"(..)\" checked")).Groups[1].Value);
    }

    [Fact]
    public async Task The_draft_is_a_document_in_which_nothing_can_run()
    {
        Draft();

        var answer = await Preview(await pages.Client.GetStringAsync(new Uri($"/auditors/reports/new?audit={Audit}", UriKind.Relative)));

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("sandbox; default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.Contains("<h1>Draft</h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_draft_is_in_the_languages_that_are_ticked_and_without_what_is_removed()
    {
        Draft();
        var form = await pages.Client.GetStringAsync(new Uri($"/auditors/reports/new?audit={Audit}", UriKind.Relative));

        var draft = await (await Preview(form, ("Languages", "km"), ("Languages", "vi"), ("action-abc", "remove"))).Content.ReadAsStringAsync();

        Assert.Contains("<h1>Draft</h1>", draft, StringComparison.Ordinal);
        Assert.Contains("\"languages\":[\"km\",\"vi\"]", pages.Service.LastBody, StringComparison.Ordinal);
        Assert.Contains("""{"hit":"abc","action":"remove","reason":null}""", pages.Service.LastBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var sent = await pages.Client.PostAsync(new Uri("/auditors/reports/new", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string> { ["Audit"] = Audit }));

        Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
    }

    private Task<HttpResponseMessage> Preview(string form, params (string, string)[] fields) =>
        pages.Client.PostAsync(new Uri("/auditors/reports/new?handler=Preview", UriKind.Relative), new FormUrlEncodedContent(
            fields.Concat([("__RequestVerificationToken", Token().Match(form).Groups[1].Value), ("Audit", Audit)]).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));

    private void Draft(string more = "") => pages.Service.Answers["POST /api/v1/reports/drafts"] = (HttpStatusCode.OK,
        $$"""{"subjectName":"Saffron Bridge Recruitment","html":"<html><head><style>p{}</style></head><body><h1>Draft</h1></body></html>","hits":[{"id":"abc","kind":"phone","where":"A3-01","text":"081-234-5678"}],"unresolved":["abc"]{{more}}}""");

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

using System.Net;
using System.Text;

namespace Recruitment.Web.Tests.Reports;

public sealed class VerifyPageTests(PagesOfReports pages) : IClassFixture<PagesOfReports>
{
    private const string Report =
        """{"number":"R-2026-ABC-DEF-GHJ","subjectPartyId":"0195a000-0000-7000-8000-0000000000cc","subjectName":"Saffron Bridge Recruitment","issuerName":"Lotus Lane Assurance","issuedOn":"2026-11-24","sha256":"00ff","status":"issued","statusOn":"2026-11-24","supersededBy":null,"isDemonstration":true}""";

    [Fact]
    public async Task A_file_is_passed_on_and_the_answer_said_in_words()
    {
        pages.Service.Answers["POST /api/v1/reports/verifications"] = (HttpStatusCode.OK,
            $$"""{"answer":"genuine","sentence":"Issued.","asOf":"2026-11-24","sha256":"00ff","report":{{Report}}}""");
        pages.Service.Register = Listed("granted", "Assessment granted", "");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.ASCII.GetBytes("%PDF-1.4 hello")), "file", "report.pdf" } };

        var page = await (await pages.Client.PostAsync(new Uri("/verify", UriKind.Relative), form)).Content.ReadAsStringAsync();

        Assert.Equal("%PDF-1.4 hello", pages.Service.LastBody);
        Assert.Contains("Genuine and unaltered", page, StringComparison.Ordinal);
        Assert.Contains("not about a real organisation", page, StringComparison.Ordinal);
        Assert.Contains("No one may ask you to pay", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_form_without_a_file_says_what_to_do()
    {
        var answer = await pages.Client.PostAsync(new Uri("/verify", UriKind.Relative), new StringContent(""));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Choose a file first.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_in_the_QR_code_shows_the_report_and_whether_the_code_fits()
    {
        pages.Service.Answers["GET /api/v1/reports/verifications/R-2026-ABC-DEF-GHJ?code=WRONG"] = (HttpStatusCode.OK,
            $$"""{"sentence":"Issued.","asOf":"2026-11-24","checkCodeMatches":false,"report":{{Report}}}""");

        var page = await pages.Client.GetStringAsync(new Uri("/verify/R-2026-ABC-DEF-GHJ?code=WRONG", UriKind.Relative));

        Assert.Contains("Saffron Bridge Recruitment", page, StringComparison.Ordinal);
        Assert.Contains("does not belong to this number", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("withdrawn", "Withdrawn", "The assessment rested on untrue information.")]
    [InlineData("suspended", "Suspended", "")]
    [InlineData("expired", "Expired", "")]
    public async Task A_report_of_a_recruiter_whose_status_is_no_longer_in_force_is_never_green(string status, string words, string reason)
    {
        Issued();
        pages.Service.Register = Listed(status, words, reason);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.ASCII.GetBytes("%PDF-1.4 hello")), "file", "report.pdf" } };

        var byNumber = await pages.Client.GetStringAsync(new Uri("/verify/R-2026-ABC-DEF-GHJ", UriKind.Relative));
        var byFile = await (await pages.Client.PostAsync(new Uri("/verify", UriKind.Relative), form)).Content.ReadAsStringAsync();

        foreach (var page in new[] { byNumber, byFile })
        {
            Assert.DoesNotContain("notice good", page, StringComparison.Ordinal);
            Assert.Contains($"status today is: {words.ToLowerInvariant()}", page, StringComparison.Ordinal);
            Assert.Contains($"<strong>{words}</strong> since 2026-05-02. {reason}", page, StringComparison.Ordinal);
            Assert.Contains("href=\"/register/0195a000-0000-7000-8000-0000000000cc\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_report_of_a_recruiter_whose_status_is_in_force_is_green_and_says_so_by_the_newest_decision()
    {
        Issued();
        var (granted, withdrawn) = (Assessment("granted", "Assessment granted", ""), Assessment("withdrawn", "Withdrawn", ""));
        pages.Service.Register = Listed($"{granted},{withdrawn}");

        var page = await pages.Client.GetStringAsync(new Uri("/verify/R-2026-ABC-DEF-GHJ", UriKind.Relative));

        Assert.Contains("notice good", page, StringComparison.Ordinal);
        Assert.Contains("<strong>Assessment granted</strong> since 2026-05-02", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Withdrawn", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_register_does_not_answer_the_page_says_that_the_status_is_not_known()
    {
        Issued();
        pages.Service.Register = null;

        var page = await pages.Client.GetStringAsync(new Uri("/verify/R-2026-ABC-DEF-GHJ", UriKind.Relative));

        Assert.DoesNotContain("notice good", page, StringComparison.Ordinal);
        Assert.Contains("The public register does not answer at the moment", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/register/0195a000-0000-7000-8000-0000000000cc\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recruiter_without_a_public_status_is_not_made_to_look_as_if_it_had_one()
    {
        Issued();
        pages.Service.Register = (HttpStatusCode.NotFound, "");

        var page = await pages.Client.GetStringAsync(new Uri("/verify/R-2026-ABC-DEF-GHJ", UriKind.Relative));

        Assert.DoesNotContain("notice good", page, StringComparison.Ordinal);
        Assert.Contains("lists no status of Saffron Bridge Recruitment; that proves nothing", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_far_too_large_is_answered_with_a_page_after_all_of_it_was_read()
    {
        using var form = new MultipartFormDataContent { { new StreamContent(new Zeros(70 << 20)), "file", "film.pdf" } };

        var answer = await pages.Client.PostAsync(new Uri("/verify", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("A file to check may have 64 MB", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private void Issued()
    {
        pages.Service.Answers["GET /api/v1/reports/verifications/R-2026-ABC-DEF-GHJ"] = (HttpStatusCode.OK, $$"""{"sentence":"Issued.","asOf":"2026-11-24","checkCodeMatches":null,"report":{{Report}}}""");
        pages.Service.Answers["POST /api/v1/reports/verifications"] = (HttpStatusCode.OK, $$"""{"answer":"genuine","sentence":"Issued.","asOf":"2026-11-24","sha256":"00ff","report":{{Report}}}""");
    }

    private static (HttpStatusCode, string) Listed(string status, string words, string reason) => Listed(Assessment(status, words, reason));

    private static (HttpStatusCode, string) Listed(string assessments) => (HttpStatusCode.OK,
        $$"""{"id":"0195a000-0000-7000-8000-0000000000cc","name":"Saffron Bridge Recruitment","country":"MMR","asOf":"2026-11-24","assessments":[{{assessments}}],"lookAlikes":[],"document":"d","standard":"s","caveat":"c","noFee":"n","licence":"l"}""");

    private static string Assessment(string status, string words, string reason) =>
        $$"""{"status":"{{status}}","statusText":"{{words}}","since":"2026-05-02","reason":"{{reason}}","schemeCode":"own-standard","schemeVersion":"1.0","corridors":["MMR-THA"],"decidedOn":"2026-01-02","validFrom":"2026-01-02","validTo":"2029-01-01","history":[]}""";

    [Theory]
    [InlineData("/verify?number=nonsense", "nonsense", HttpStatusCode.BadRequest, "not-a-number")]
    [InlineData("/verify/nonsense", "nonsense", HttpStatusCode.BadRequest, "not-a-number")]
    [InlineData("/verify/R-2026-AAA-BBB-CCC", "R-2026-AAA-BBB-CCC", HttpStatusCode.NotFound, "no-record")]
    public async Task A_number_behind_which_there_is_nothing_is_not_found_and_the_page_helps(string address, string asked, HttpStatusCode status, string code)
    {
        pages.Service.Answers[$"GET /api/v1/reports/verifications/{asked}"] = (status, $$"""{"type":"urn:recruitment:{{code}}","detail":"Check it against the paper."}""");

        var answer = await pages.Client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Check it against the paper.", page, StringComparison.Ordinal);
        Assert.Contains("By file", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_nobody_answers_is_not_said_to_be_a_number_without_a_report()
    {
        pages.Service.Answers["GET /api/v1/reports/verifications/R-2026-AAA-BBB-DDD"] = (HttpStatusCode.ServiceUnavailable, """{"type":"urn:recruitment:away","detail":"Try again in a minute."}""");

        var answer = await pages.Client.GetAsync(new Uri("/verify/R-2026-AAA-BBB-DDD", UriKind.Relative));

        Assert.NotEqual(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Try again in a minute.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_the_place_of_the_reports_is_away_neither_the_file_nor_the_number_is_blamed(bool gatewayAnswers)
    {
        pages.Service.Away = gatewayAnswers ? HttpStatusCode.BadGateway : null;
        pages.Service.IsAway = true;
        try
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.ASCII.GetBytes("%PDF-1.4 hello")), "file", "report.pdf" } };
            var byNumber = await pages.Client.GetAsync(new Uri("/verify/R-2026-ABC-DEF-GHJ", UriKind.Relative));
            var byFile = await pages.Client.PostAsync(new Uri("/verify", UriKind.Relative), form);

            foreach (var answer in new[] { byNumber, byFile })
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                var page = await answer.Content.ReadAsStringAsync();
                Assert.Contains("does not answer at the moment, so nothing was looked up", page, StringComparison.Ordinal);
                Assert.DoesNotContain("did not arrive whole", page, StringComparison.Ordinal);
                Assert.DoesNotContain("nothing here under that number", page, StringComparison.Ordinal);
            }
        }
        finally
        {
            pages.Service.IsAway = false;
        }
    }
}

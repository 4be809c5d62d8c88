using System.Net;
using System.Text;

namespace Recruitment.Web.Tests.Reports;

public sealed class VerifyPageTests(PagesOfReports pages) : IClassFixture<PagesOfReports>
{
    private const string Report =
        """{"number":"R-2026-ABC-DEF-GHJ","subjectName":"Saffron Bridge Recruitment","issuerName":"Lotus Lane Assurance","issuedOn":"2026-11-24","sha256":"00ff","status":"issued","statusOn":"2026-11-24","supersededBy":null,"isDemonstration":true}""";

    [Fact]
    public async Task A_file_is_passed_on_and_the_answer_said_in_words()
    {
        pages.Service.Answers["POST /api/v1/reports/verifications"] = (HttpStatusCode.OK,
            $$"""{"answer":"genuine","sentence":"Issued and stands.","asOf":"2026-11-24","sha256":"00ff","report":{{Report}}}""");
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
            $$"""{"sentence":"Issued and stands.","asOf":"2026-11-24","checkCodeMatches":false,"report":{{Report}}}""");

        var page = await pages.Client.GetStringAsync(new Uri("/verify/R-2026-ABC-DEF-GHJ?code=WRONG", UriKind.Relative));

        Assert.Contains("Saffron Bridge Recruitment", page, StringComparison.Ordinal);
        Assert.Contains("does not belong to this number", page, StringComparison.Ordinal);
    }

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
}

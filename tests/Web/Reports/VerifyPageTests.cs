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

    [Fact]
    public async Task An_unknown_number_is_told_with_the_sentence_of_the_service()
    {
        pages.Service.Answers["GET /api/v1/reports/verifications/nonsense"] = (HttpStatusCode.BadRequest,
            """{"type":"urn:recruitment:not-a-number","detail":"Check it against the paper."}""");

        var page = await pages.Client.GetStringAsync(new Uri("/verify?number=nonsense", UriKind.Relative));

        Assert.Contains("Check it against the paper.", page, StringComparison.Ordinal);
    }
}

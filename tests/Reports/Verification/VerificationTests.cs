using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;
using Recruitment.Reports.Verification;

namespace Recruitment.Reports.Tests.Verification;

public sealed class VerificationTests(ReportsApp app) : IClassFixture<ReportsApp>
{
    [Fact]
    public async Task A_stranger_learns_that_the_file_is_genuine_from_whom_and_when()
    {
        var (report, pdf) = await app.Issued();

        var answer = await Verify(pdf);

        Assert.Equal("genuine", answer.Answer);
        Assert.Equal((report.Number, "Saffron Bridge Recruitment", "Lotus Lane Assurance"), (answer.Report!.Number, answer.Report.SubjectName, answer.Report.IssuerName));
    }

    [Fact]
    public async Task A_file_is_read_as_a_file_whatever_its_sender_calls_it()
    {
        using var body = new ByteArrayContent("%00 is no letter here"u8.ToArray());
        body.Headers.ContentType = new("application/x-www-form-urlencoded");

        var answer = await app.AsStranger().PostAsync("api/v1/reports/verifications", body);

        Assert.DoesNotContain("null-character", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9999)]
    public async Task One_flipped_byte_is_an_altered_file_and_breaks_the_signature(double at)
    {
        var (report, pdf) = await app.Issued();
        pdf[(int)(pdf.Length * at)] ^= 1;

        var answer = await Verify(pdf);

        Assert.Equal("altered", answer.Answer);
        Assert.Equal(report.Number, answer.Report!.Number);
        Assert.DoesNotContain("Signature is Valid", await ReportsApp.Tool("pdfsig", pdf, "-nocert", "FILE"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_its_number_cut_out_is_still_known_by_its_signature()
    {
        var (report, pdf) = await app.Issued();
        var at = pdf.AsSpan().LastIndexOf("<dc:identifier>"u8);
        pdf.AsSpan(at, 30).Fill((byte)' ');

        var answer = await Verify(pdf);

        Assert.Equal(("altered", report.Number), (answer.Answer, answer.Report?.Number));
    }

    [Fact]
    public async Task Traces_are_found_however_the_stream_is_cut()
    {
        var (report, pdf) = await app.Issued();
        var whole = new FileTraces();
        whole.Read(pdf);

        foreach (var size in new[] { 1000, 4097, 65536 })
        {
            var pieces = new FileTraces();
            foreach (var piece in pdf.Chunk(size)) pieces.Read(piece);
            Assert.Equal((report.Number, whole.SignatureSha256), (pieces.Number, pieces.SignatureSha256));
        }
    }

    [Fact]
    public async Task A_file_we_never_issued_is_unknown_and_that_is_said_to_prove_nothing()
    {
        var answer = await Verify("%PDF-1.4 something else"u8.ToArray());

        Assert.Equal("unknown", answer.Answer);
        Assert.Contains("proves nothing", answer.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_report_is_said_to_be_revoked()
    {
        var (report, pdf) = await app.Issued();
        await app.AsAuditor().PostAsJsonAsync($"api/v1/reports/{report.Id}/revocations", new { reason = "Wrong audit" });

        Assert.Equal("revoked", (await Verify(pdf)).Answer);
        Assert.Equal("revoked", (await Number(report.Number)).Report.Status);
    }

    [Fact]
    public async Task A_number_answers_with_dated_facts_and_confirms_the_code_of_the_paper()
    {
        var (report, _) = await app.Issued();
        await using var scope = app.Services.CreateAsyncScope();
        var code = await scope.ServiceProvider.GetRequiredService<ReportsDb>().Reports.Where(r => r.Id == report.Id).Select(r => r.CheckCode).SingleAsync();

        var plain = await app.AsStranger().GetStringAsync($"api/v1/reports/verifications/{report.Number}");

        Assert.DoesNotContain(code, plain, StringComparison.Ordinal);
        Assert.Equal(report.Sha256, (await Number(report.Number)).Report.Sha256);
        Assert.True((await Number($"{report.Number}?code={code}")).CheckCodeMatches);
        Assert.False((await Number($"{report.Number}?code=WRONG")).CheckCodeMatches);
    }

    [Fact]
    public async Task A_check_code_is_the_same_in_groups_in_small_letters_and_with_blanks_around_it()
    {
        var (report, _) = await app.Issued();
        await using var scope = app.Services.CreateAsyncScope();
        var code = await scope.ServiceProvider.GetRequiredService<ReportsDb>().Reports.Where(r => r.Id == report.Id).Select(r => r.CheckCode).SingleAsync();

        foreach (var typed in new[] { $"{code[..4]} {code[4..]}", $"{code[..4]}-{code[4..]}", $" {code.ToLowerInvariant()} ", string.Join('\u00a0', code.ToCharArray()) })
            Assert.True((await Number($"{report.Number}?code={Uri.EscapeDataString(typed)}")).CheckCodeMatches, typed);
        Assert.False((await Number($"{report.Number}?code={Uri.EscapeDataString(" - ")}")).CheckCodeMatches);
    }

    [Fact]
    public async Task A_verified_report_says_nothing_of_the_status_today_but_under_which_id_the_register_is_asked()
    {
        var (report, pdf) = await app.Issued();

        var (byFile, byNumber) = (await Verify(pdf), await Number(report.Number));

        await using var scope = app.Services.CreateAsyncScope();
        var subject = await scope.ServiceProvider.GetRequiredService<ReportsDb>().Reports.Where(r => r.Id == report.Id).Select(r => r.SubjectPartyId).SingleAsync();
        Assert.Equal((subject, subject), (byFile.Report!.SubjectPartyId, byNumber.Report.SubjectPartyId));
        foreach (var sentence in new[] { byFile.Sentence, byNumber.Sentence })
        {
            Assert.Contains("the public register says", sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("stands", sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_number_we_never_gave_and_one_that_cannot_be_ours_get_different_advice()
    {
        var none = await app.AsStranger().GetAsync($"api/v1/reports/verifications/{Recruitment.Reports.Issuing.ReportNumber.New(2026)}");
        var odd = await app.AsStranger().GetAsync("api/v1/reports/verifications/R-2026-000001");

        Assert.Equal((HttpStatusCode.NotFound, "urn:recruitment:no-record"), (none.StatusCode, await Type(none)));
        Assert.Equal((HttpStatusCode.BadRequest, "urn:recruitment:not-a-number"), (odd.StatusCode, await Type(odd)));
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_with_the_limit_named()
    {
        using var body = new StreamContent(new Zeros(SizeLimits.Verification + 1));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");

        var answer = await app.AsStranger().PostAsync("api/v1/reports/verifications", body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("urn:recruitment:file-too-large", await Type(answer));
    }

    private async Task<VerifyFile.Response> Verify(byte[] file)
    {
        using var body = new ByteArrayContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        var answer = await app.AsStranger().PostAsync("api/v1/reports/verifications", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<VerifyFile.Response>())!;
    }

    private async Task<VerifyNumber.Response> Number(string number) =>
        (await app.AsStranger().GetFromJsonAsync<VerifyNumber.Response>($"api/v1/reports/verifications/{number}"))!;

    private static async Task<string?> Type(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString();

    /// <summary>That many bytes, without holding them; its length is not announced.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(left, count);
            left -= read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

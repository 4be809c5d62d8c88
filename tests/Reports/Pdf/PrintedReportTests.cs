using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Reports.Issuing;
using Recruitment.Reports.Pdf;
using Recruitment.Reports.Tests.Issuing;

namespace Recruitment.Reports.Tests.Pdf;

public sealed class PrintedReportTests(ReportsApp app) : IClassFixture<ReportsApp>
{
    [Theory]
    [InlineData("en")]
    [InlineData("th")]
    [InlineData("my")]
    public async Task Every_sentence_of_the_summary_can_be_read_out_of_the_file(string language)
    {
        var (_, pdf) = await app.Issued();

        var text = Packed(await ReportsApp.Tool("pdftotext", pdf, "FILE", "-"));

        Assert.All(["statement", "caveat", "free"], key => Assert.Contains(Packed(TextCatalogue.Text(language, key)), text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_signature_is_valid_and_covers_the_whole_file()
    {
        var (_, pdf) = await app.Issued();

        var said = await ReportsApp.Tool("pdfsig", pdf, "-nocert", "FILE");

        Assert.Contains("Signature is Valid", said, StringComparison.Ordinal);
        Assert.Contains("Total document signed", said, StringComparison.Ordinal);
        Assert.Contains("ETSI.CAdES.detached", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_is_well_formed_tagged_and_says_who_made_it()
    {
        var (report, pdf) = await app.Issued();

        var check = await ReportsApp.Tool("qpdf", pdf, "--check", "FILE");
        var info = await ReportsApp.Tool("pdfinfo", pdf, "FILE");

        Assert.Contains("No syntax or stream encoding errors found", check, StringComparison.Ordinal);
        Assert.Matches("Tagged: +yes", info);
        Assert.Matches("Author: +Lotus Lane Assurance", info);
        Assert.Matches($"Subject: +{report.Number}", info);
        Assert.DoesNotContain("Chrom", info, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("pdfuaid", System.Text.Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_margins_are_marked_as_furniture_and_nothing_is_left_unmarked()
    {
        var (_, pdf) = await app.Issued();
        var plain = await ReportsApp.Tool("qpdf", pdf, "--qdf", "--object-streams=disable", "FILE", "-");

        Assert.Contains("/Artifact <</Type /Pagination>> BDC", plain, StringComparison.Ordinal);
        Assert.Equal(plain, FinishingPass.WithArtifacts(plain));
    }

    [Fact]
    public async Task A_demonstration_report_says_so_and_no_page_claims_too_much()
    {
        var (_, pdf) = await app.Issued();

        var text = await ReportsApp.Tool("pdftotext", pdf, "FILE", "-");

        Assert.Contains("DEMONSTRATION", text, StringComparison.Ordinal);
        Assert.Contains("fewer than 10", text, StringComparison.Ordinal);
        Assert.Contains("Myanmar to Thailand", text, StringComparison.Ordinal);
        Assert.False(TextCatalogueTests.Claims(text));
    }

    [Fact]
    public async Task A_report_says_what_was_decided()
    {
        var (_, pdf) = await app.Issued();

        Assert.Contains(Packed("granted on 2026-09-20, valid until 2029-09-19"), Packed(await ReportsApp.Tool("pdftotext", pdf, "FILE", "-")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_auditors_summary_stands_before_the_findings()
    {
        var (_, pdf) = await app.Issued();

        var text = Packed(await ReportsApp.Tool("pdftotext", pdf, "FILE", "-"));

        var summary = text.IndexOf(Packed("The auditor's summary The agency works as it says. One kind of record was late."), StringComparison.Ordinal);
        Assert.InRange(summary, 0, text.IndexOf(Packed("No fees to workers"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_browser_ends_when_nobody_prints()
    {
        await using var other = new ReportsApp { Settings = { ["Reports:ChromiumIdleSeconds"] = "1" } };
        await other.InitializeAsync();
        await other.Issued();
        var chromium = other.Services.GetRequiredService<Chromium>();

        await Recruitment.Testing.Wait.Until(() => Task.FromResult(!chromium.IsRunning), "the browser still runs");

        await other.Issued();
    }

    [Fact]
    public async Task Without_a_browser_issuing_says_which_package_to_install_and_the_rest_works()
    {
        await using var without = new ReportsApp { Settings = { ["Reports:Chromium"] = "/nowhere/chromium" } };
        await without.InitializeAsync();

        var answer = await without.Issue(without.Audit());
        var listed = await without.AsAuditor().GetAsync("api/v1/reports");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("chromium-headless-shell", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
    }

    [Fact]
    public void The_signing_key_is_readable_by_its_owner_alone()
    {
        app.Services.GetRequiredService<SigningKey>().Sign([1]);

        var mode = File.GetUnixFileMode(Path.Combine(app.DataFolder, "secrets", "reports-signing"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    private static string Packed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('\u200B' or '\f')));
}

using System.Net;
using Recruitment.Testing;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Register;

public sealed class RegisterPagesTests : IAsyncLifetime
{
    private const string Beside = """ "standard":"Own standard, informed by the published IRIS principles.","caveat":"Not IRIS certification; not endorsed by IOM.","noFee":"No one may ask you to pay for a job." """;

    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task Nothing_found_proves_nothing()
    {
        pages.Service.Answers["GET /api/v1/register/recruiters?query=zz&country=&cursor="] =
            (HttpStatusCode.OK, $$"""{"asOf":"2026-02-01","items":[],"next":null,"note":"We have no record; that proves nothing.",{{Beside}}}""");

        var page = await pages.Client.GetStringAsync("/register?query=zz");

        Assert.Contains("that proves nothing", page, StringComparison.Ordinal);
        Assert.Contains("<h2>Nothing found in this register on 2026-02-01</h2>", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"MMR\">Myanmar</option>", page, StringComparison.Ordinal);
        Assert.Contains("No one may ask you to pay", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_found_is_a_dated_fact()
    {
        pages.Service.Answers["GET /api/v1/register/recruiters?query=saffron&country=&cursor="] = (HttpStatusCode.OK,
            $$"""{"asOf":"2026-02-01","items":[{"id":"{{Answering.Id}}","name":"Saffron Bridge","country":"MMR","status":"granted","statusText":"Assessment granted","since":"2026-01-10"}],"next":null,"note":"",{{Beside}}}""");

        var page = await pages.Client.GetStringAsync("/register?query=saffron");

        Assert.Contains("<h2>Found in this register on 2026-02-01</h2>", page, StringComparison.Ordinal);
        Assert.Contains("Saffron Bridge", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recruiters_page_gives_status_date_scope_and_what_it_does_not_mean()
    {
        pages.Service.Answers[$"GET /api/v1/register/recruiters/{Answering.Id}"] = (HttpStatusCode.OK,
            $$"""
            {"id":"{{Answering.Id}}","name":"Saffron Bridge","country":"MMR","asOf":"2026-02-01","lookAlikes":[{"id":"{{Guid.Empty}}","name":"Saffron Bridges","country":"THA"}],
             "assessments":[{"status":"suspended","statusText":"Suspended","since":"2026-01-20","reason":"An audit was refused.","schemeCode":"own-standard","schemeVersion":"1.0","corridors":["MMR-THA"],
             "decidedOn":"2026-01-10","validFrom":"2026-01-10","validTo":"2029-01-10","history":[{"status":"granted","statusText":"Assessment granted","on":"2026-01-10","reason":null}]}],
             "document":"Statement of assessment","licence":"Ask for the licence.",{{Beside}}}
            """);

        var page = await pages.Client.GetStringAsync($"/register/{Answering.Id}");

        foreach (var part in new[] { "Suspended", "2026-01-20", "MMR-THA", "not endorsed by IOM", "No one may ask you to pay", "Saffron Bridges", "Statement of assessment", "2026-02-01" })
            Assert.Contains(part, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_recruiter_is_no_record() =>
        Assert.Equal(HttpStatusCode.NotFound, (await pages.Client.GetAsync($"/register/{Guid.CreateVersion7()}")).StatusCode);

    [Fact]
    public void No_forbidden_phrase_is_on_these_pages()
    {
        string[] forbidden = ["IRIS certified", "approved by IOM", "compliant", "slave-free", "free of forced labour", "safe agency", "confirmed victim"];
        var files = new[] { "Recruiters", "Auditors", "Public/Register" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, "web/Pages", folder), "*.cshtml*", SearchOption.AllDirectories)).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain(forbidden, phrase => File.ReadAllText(file).Contains(phrase, StringComparison.OrdinalIgnoreCase)));
    }
}

using System.Net;
using System.Text.RegularExpressions;

namespace Recruitment.Web.Tests.SignIn;

public sealed class ErrorPagesTests(WebHost web) : IClassFixture<WebHost>
{
    [Theory]
    [InlineData("/nothing")]
    [InlineData("/brands/risk/site/no-such-site")]
    [InlineData("/a/b/c.php")]
    [InlineData("/apis")]
    public async Task What_is_not_there_is_not_there_rather_than_for_others(string path)
    {
        var answer = await web.Get(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("<h1>There is no such page</h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_no_page()
    {
        var answer = await web.Get("/api/v1/nothing");

        Assert.DoesNotContain("<h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/w/th/nothing", "ไม่มีหน้านี้")]
    [InlineData("/w/xx", "There is no such page.")]
    [InlineData("/nothing", "There is no such page.")]
    public async Task On_the_worker_host_it_is_said_in_the_readers_language(string path, string sentence)
    {
        var answer = await web.Get(path, at: "workers.localhost");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(sentence, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_form_sent_after_the_session_ended_is_shown_again_to_be_copied()
    {
        var answer = await web.Post("/suppliers/profile", from: "http://localhost", ("LegalName", "Rung Fah <Annex>"), ("__RequestVerificationToken", "secret-of-the-form"));

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Your session has ended", page, StringComparison.Ordinal);
        Assert.Contains("Rung Fah &lt;Annex&gt;", page, StringComparison.Ordinal);
        Assert.Contains("/sign-in?returnUrl=%2Fsuppliers%2Fprofile", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-the-form", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_shows_is_named_as_on_the_page_and_nothing_of_the_machine_is_shown()
    {
        var answer = await web.Post("/auditors/audit/0195a000-0000-7000-8000-0000000000aa?handler=CloseFinding", from: "http://localhost",
            ("Once.Key", "0123456789ABCDEF0123456789ABCDEF"), ("Once.Version", "99"), ("criterion", "B2-machine"), ("proof-B2", "The receipts were shown."), ("unheard-of", "Words in a field without a name."));

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("<h3>Proof that B2 is put right</h3>", page, StringComparison.Ordinal);
        foreach (var typed in (string[])["The receipts were shown.", "Words in a field without a name."]) Assert.Contains(typed, page, StringComparison.Ordinal);
        foreach (var machine in (string[])["Once.", "0123456789ABCDEF", ">99<", "B2-machine", "criterion", "proof-B2", "unheard-of"]) Assert.DoesNotContain(machine, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost", true)]
    [InlineData("http://elsewhere.example", false)]
    public async Task Of_a_form_with_a_file_the_fields_are_shown_and_that_the_file_is_to_be_chosen_again(string from, bool shown)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("0123456789ABCDEF0123456789ABCDEF"), "Once.Key" }, { new StringContent("secret-of-the-form"), "__RequestVerificationToken" }, { new StringContent("A1-01"), "indicator" },
            { new StringContent("The licence <of 2026>"), "description" }, { new StringContent("document"), "level" }, { new StringContent("true"), "redacted" },
            { new StringContent("inside-of-the-file" + new string('x', 3 << 20)), "file", "licence-of-may.pdf" }, { new StringContent("Words behind the file."), "unheard-of" },
        };

        var answer = await web.Post("/recruiters/evidence", from, form);

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Your session has ended", page, StringComparison.Ordinal);
        Assert.Contains("A file that you chose was not sent on and is not kept: choose it again.", page, StringComparison.Ordinal);
        foreach (var (label, typed) in ((string, string)[])[("Evidence for", "A1-01"), ("What it shows", "The licence &lt;of 2026&gt;"), ("Kind of evidence", "document")])
            Assert.Equal(shown, Regex.IsMatch(page, $"<h3>{label}</h3>\\s*<p class=\"kept\">{typed}</p>"));
        Assert.Equal(shown, page.Contains("Words behind the file.", StringComparison.Ordinal));
        foreach (var other in (string[])["inside-of-the-file", "licence-of-may", "secret-of-the-form", "0123456789ABCDEF", ">true<"]) Assert.DoesNotContain(other, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_form_with_a_file_that_broke_off_what_came_is_shown()
    {
        using var broken = new StringContent("--edge\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\nThe licence\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\nhalf");
        broken.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=edge");

        var answer = await web.Post("/recruiters/evidence", "http://localhost", broken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("The licence", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_a_file_says_nothing_of_one()
    {
        var answer = await web.Post("/suppliers/profile", from: "http://localhost", ("LegalName", "Rung Fah"));

        Assert.DoesNotContain("A file that you chose", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_site_cannot_put_words_on_that_page()
    {
        var answer = await web.Post("/suppliers/profile", from: "http://elsewhere.example", ("LegalName", "Rung Fah Annex"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("Rung Fah Annex", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}

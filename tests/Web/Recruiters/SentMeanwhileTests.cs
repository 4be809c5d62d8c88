using System.Net;

namespace Recruitment.Web.Tests.Recruiters;

/// <summary>The application was sent from another page while something was being entered here.</summary>
public sealed class SentMeanwhileTests : IAsyncLifetime
{
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task Answers_that_came_too_late_are_shown_to_be_copied()
    {
        const string Page = "/recruiters/assessment/A";
        pages.Service.Application("draft");
        var asked = 0;
        pages.Service.Asked = call =>
        {
            if (call.StartsWith("GET", StringComparison.Ordinal) && call.EndsWith("/scheme", StringComparison.Ordinal) && ++asked == 2) pages.Service.Application("submitted");
        };

        var answer = await pages.Post(Page, Page, ("value-A1-01", "conform"), ("note-A1-01", "Renewal <soon>."));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Contains("The application was sent meanwhile", page, StringComparison.Ordinal);
        Assert.Contains("<h2>What you typed and was not saved</h2>", page, StringComparison.Ordinal);
        Assert.Matches("<h3>A1-01</h3>\\s*<p class=\"kept\">Answer: Yes, we do this\nRenewal <soon>.</p>", page);
        Assert.Empty(pages.Service.Calls);
    }

    [Fact]
    public async Task What_was_typed_about_a_file_that_came_too_late_is_shown_to_be_copied()
    {
        pages.Service.Application("draft");
        var token = await pages.Token("/recruiters/evidence");
        pages.Service.Application("submitted", extra: Sent);

        Told(await Attach(token));
        Assert.Empty(pages.Service.Calls);
    }

    [Fact]
    public async Task So_is_what_was_typed_about_one_that_is_refused_because_the_application_was_sent_as_it_came()
    {
        pages.Service.Application("draft");
        var token = await pages.Token("/recruiters/evidence");
        pages.Service.Answers[$"POST /api/v1/accreditation/applications/{Answering.Id}/evidence"] = (HttpStatusCode.Conflict, """{"detail":"This application has been sent and cannot be changed now."}""");
        pages.Service.Asked = call => { if (call.StartsWith("POST ", StringComparison.Ordinal)) pages.Service.Application("submitted", extra: Sent); };

        Told(await Attach(token));
    }

    private async Task<string> Attach(string token)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("A1-01"), "indicator" }, { new StringContent("Licence of <this> year"), "description" },
            { new StringContent("records"), "level" }, { new StringContent("true"), "redacted" }, { new ByteArrayContent("licence-bytes"u8.ToArray()), "file", "licence.pdf" },
        };
        return WebUtility.HtmlDecode(await (await pages.Client.PostAsync("/recruiters/evidence", form)).Content.ReadAsStringAsync());
    }

    private static void Told(string page)
    {
        Assert.Contains("The application was sent meanwhile", page, StringComparison.Ordinal);
        Assert.Contains("The file was not attached.", page, StringComparison.Ordinal);
        Assert.Contains("Sent on 2026-03-01.", page, StringComparison.Ordinal);
        Assert.Contains("<h2>What you typed and was not saved</h2>", page, StringComparison.Ordinal);
        foreach (var kept in (string[])["Licence of <this> year", "A1-01", "A sample of records"]) Assert.Contains($"<p class=\"kept\">{kept}</p>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Corridors_and_sectors_chosen_too_late_are_shown_in_words(bool sentAsItCame)
    {
        pages.Service.Application("draft");
        var token = await pages.Token("/recruiters/corridors");
        pages.Service.Answers[$"PUT /api/v1/accreditation/applications/{Answering.Id}/scope"] = (HttpStatusCode.PreconditionFailed, "{}");
        if (sentAsItCame) pages.Service.Asked = call => { if (call.StartsWith("PUT ", StringComparison.Ordinal)) pages.Service.Application("submitted", extra: Sent); };
        else pages.Service.Application("submitted", extra: Sent);

        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Scope.Origins", "KHM"), new("Scope.Destinations", "THA"), new("Scope.Sectors", "C14")]);
        var page = WebUtility.HtmlDecode(await (await pages.Client.PostAsync("/recruiters/corridors", form)).Content.ReadAsStringAsync());

        Assert.Contains("The application was sent meanwhile", page, StringComparison.Ordinal);
        Assert.DoesNotContain("enter your change", page, StringComparison.Ordinal);
        Assert.Contains("Sent on 2026-03-01.", page, StringComparison.Ordinal);
        Assert.Contains("<p class=\"kept\">Cambodia to Thailand (KHM-THA)</p>", page, StringComparison.Ordinal);
        Assert.Contains("<p class=\"kept\">Wearing apparel (C14)</p>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("submitted")]
    [InlineData("eligible")]
    [InlineData("refused")]
    public async Task Whoever_sends_a_second_time_reads_that_it_has_been_sent_and_when(string state)
    {
        pages.Service.Application("draft");
        var token = await pages.Token("/recruiters");
        pages.Service.Application(state, extra: Sent);
        pages.Service.Answers[$"POST /api/v1/accreditation/applications/{Answering.Id}/submit"] = (HttpStatusCode.PreconditionFailed, """{"type":"urn:recruitment:changed-meanwhile","detail":"Read it again."}""");

        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        var page = await (await pages.Client.PostAsync("/recruiters?handler=Submit", form)).Content.ReadAsStringAsync();

        Assert.Contains("Your application has been sent already, on 2026-03-01.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody changed this", page, StringComparison.Ordinal);
    }

    private const string Sent = ""","history":[{"number":2,"from":"draft","to":"submitted","at":"2026-03-01T08:00:00Z"}]""";
}

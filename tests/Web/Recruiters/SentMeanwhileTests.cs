using System.Net;

namespace Recruitment.Web.Tests.Recruiters;

/// <summary>The application was sent from another page while answers were being typed.</summary>
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

        var answer = await pages.Post(Page, Page, ("value-A1-01", "partly"), ("note-A1-01", "Renewal <soon>."));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Contains("The application was sent meanwhile", page, StringComparison.Ordinal);
        Assert.Contains("<h2>What you typed and was not saved</h2>", page, StringComparison.Ordinal);
        Assert.Matches("<h3>A1-01</h3>\\s*<p class=\"kept\">Answer: [^<]+\nRenewal <soon>.</p>", page);
        Assert.Empty(pages.Service.Calls);
    }
}

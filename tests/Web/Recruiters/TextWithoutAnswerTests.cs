using System.Net;

namespace Recruitment.Web.Tests.Recruiters;

/// <summary>A note belongs to an answer: typed without one it cannot be saved, and nobody is told that it was.</summary>
public sealed class TextWithoutAnswerTests : IAsyncLifetime
{
    private const string Page = "/recruiters/assessment/A";

    private readonly PagesOfAssessment pages = new();

    public async ValueTask InitializeAsync()
    {
        await pages.InitializeAsync();
        pages.Service.Answers["GET /api/v1/accreditation/scheme"] = (HttpStatusCode.OK, Answering.Scheme.Replace("""{"code":"A1-01",""",
            """{"code":"A1-02","text":"It is renewed in time.","evidence":["document"],"zeroTolerance":false,"evidenceRequired":false},{"code":"A1-01",""", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("note-A1-02", "")]
    [InlineData("why-A1-02", "")]
    [InlineData("note-A1-02", "next")]
    public async Task It_stays_on_the_page_with_the_indicator_that_needs_an_answer_first(string field, string then)
    {
        pages.Service.Application("draft");

        // The form of a page that was saved before stands at an address that says so.
        var page = await Post(Page + "?saved=true", (field, "Words of mine."), ("then", then));

        Assert.Contains("Nothing is saved yet:", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#i-A1-02\">A1-02</a>", page, StringComparison.Ordinal);
        Assert.Contains($"name=\"{field}\" value=\"Words of mine.\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("You can leave", page, StringComparison.Ordinal);
        Assert.Empty(pages.Service.Calls);
    }

    [Fact]
    public async Task What_has_an_answer_is_saved_and_the_page_can_be_saved_again()
    {
        pages.Service.Application("draft");
        pages.Service.Asked = call => { if (call.StartsWith("PUT ", StringComparison.Ordinal)) pages.Service.Application("draft", extra: ",\"version\":8"); };

        var page = await Post(Page, ("value-A1-01", "partly"), ("note-A1-01", "Renewal under way."), ("note-A1-02", "Words of mine."));

        var body = Assert.Single(pages.Service.Calls).Body;
        Assert.Contains("Renewal under way.", body, StringComparison.Ordinal);
        Assert.DoesNotContain("A1-02", body, StringComparison.Ordinal);
        Assert.Contains("Saved, except for one thing:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("#i-A1-01\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"partly\" checked=\"checked\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Words of mine.\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"Once.Version\" value=\"8\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(pages.Service.Guards[0].Key!, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_form_does_not_say_saved_either()
    {
        pages.Service.Application("draft");
        pages.Service.Answers[$"PUT /api/v1/accreditation/applications/{Answering.Id}/answers"] = (HttpStatusCode.BadRequest, """{"detail":"Note: write 4000 characters at most."}""");

        var page = await Post(Page + "?saved=true", ("value-A1-01", "partly"), ("note-A1-02", "Words of mine."));

        Assert.Contains("Note: write 4000 characters at most.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Saved", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Words of mine.\"", page, StringComparison.Ordinal);
    }

    private async Task<string> Post(string address, params (string, string)[] fields) => await (await pages.Post(Page, address, fields)).Content.ReadAsStringAsync();
}

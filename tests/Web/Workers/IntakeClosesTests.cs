using Recruitment.Web.Pages.Workers;

namespace Recruitment.Web.Tests.Workers;

/// <summary>The last handler on duty leaves while a worker writes: she reads that nothing was sent, keeps what she wrote, and goes on when somebody is there again.</summary>
public sealed class IntakeClosesTests : IAsyncLifetime
{
    private const string Story = "They keep my passport and lock the door";
    private readonly WorkerApp app = new();

    public static TheoryData<string> Languages => [.. WorkerTexts.Languages];

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task At_the_code_she_reads_that_it_was_not_sent_and_sends_it_under_the_same_code_later(string language)
    {
        var receipt = await app.ToReceipt(language, Story);
        await app.SetIntake(open: false);

        var closed = await app.Next(language, receipt, "next");
        var still = await app.Next(language, closed, "again");
        await app.SetIntake(open: true);
        var shown = await app.Next(language, still, "again");
        var before = await app.Cases();
        var sent = await app.Next(language, shown, "next");

        Assert.All([closed, still], page =>
        {
            Assert.Contains(WorkerTexts.Of(language, "closed.not-sent"), page.Html);
            Assert.Contains(Story, page.Html);
        });
        Assert.Equal((receipt.Code, receipt.Code), (shown.Code, sent.Code));
        Assert.Equal(before + 1, await app.Cases());
    }

    [Theory]
    [InlineData("next")]
    [InlineData("back")]
    public async Task Nothing_more_is_asked_and_what_she_had_just_typed_is_kept(string go)
    {
        var page = await app.Post("/w/en/form");
        foreach (var _ in Enumerable.Range(0, 4)) page = await app.Next("en", page, page.Hidden("step") == "safe" ? "next" : "skip");
        Assert.Equal("story", page.Hidden("step"));
        await app.SetIntake(open: false);

        var closed = await app.Next("en", page, go, ("text", Story));
        await app.SetIntake(open: true);
        var again = await app.Next("en", closed, "again");

        Assert.Contains(WorkerTexts.Of("en", "closed.heading"), closed.Html);
        Assert.Equal("story", again.Hidden("step"));
        Assert.Contains(Story, again.Html);
    }

    [Fact]
    public async Task A_report_sent_before_it_closed_and_sent_again_has_arrived()
    {
        var receipt = await app.ToReceipt("en", Story);
        await app.Next("en", receipt, "next");
        await app.SetIntake(open: false);

        var again = await app.Next("en", receipt, "next");

        Assert.Contains(WorkerTexts.Of("en", "sent.heading"), again.Html);
    }

    [Fact]
    public async Task Whoever_begins_while_it_is_closed_reads_nothing_of_a_report_of_hers()
    {
        await app.SetIntake(open: false);

        var page = await app.Post("/w/en/form");

        Assert.Contains(WorkerTexts.Of("en", "closed.heading"), page.Html);
        Assert.DoesNotContain(WorkerTexts.Of("en", "closed.not-sent"), page.Html);
    }
}

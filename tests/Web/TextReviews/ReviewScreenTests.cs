using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Testing;
using Recruitment.Web.Pages.Workers;
using Recruitment.Web.TextReviews;

namespace Recruitment.Web.Tests.TextReviews;

/// <summary>The screen is the only way to a reviewed text, so every test goes through it. Each language belongs to one test.</summary>
public sealed class ReviewScreenTests(ReviewScreen screen) : IClassFixture<ReviewScreen>
{
    private const string Closed = "closed.heading";
    private const string Open = "start.heading";

    [Fact]
    public async Task A_language_opens_when_a_person_has_reviewed_all_that_safety_hangs_on_and_closes_when_one_is_taken_back()
    {
        var administrator = await screen.SignedIn(minutesAgo: 1);
        Assert.Contains(Of("th", Closed), await screen.OfWorker("/w/th"), StringComparison.Ordinal);

        await Saved(await administrator.Tick("th", key => key != "consent.refer_to_help" && Critical("th", key)));
        await Heard();
        Assert.Contains(Of("th", Closed), await screen.OfWorker("/w/th"), StringComparison.Ordinal);

        await Saved(await administrator.Tick("th", key => key == "consent.refer_to_help"));
        await Wait.Until(async () => (await screen.OfWorker("/w/th")).Contains(Of("th", Open), StringComparison.Ordinal), "the language did not open");
        Assert.Contains(Of("th", "draft"), await screen.OfWorker("/w/th"), StringComparison.Ordinal);
        Assert.Contains(Of("km", Closed), await screen.OfWorker("/w/km"), StringComparison.Ordinal);

        await Saved(await administrator.Tick("th", key => key == "safe.danger", "TakeBack"));
        await Wait.Until(async () => (await screen.OfWorker("/w/th")).Contains(Of("th", Closed), StringComparison.Ordinal), "the language did not close");
    }

    [Fact]
    public async Task After_a_restore_nothing_counts_as_reviewed_until_somebody_has_looked_it_through()
    {
        await using var restored = new ReviewScreen("2026-11-28");
        await restored.InitializeAsync();
        var administrator = await restored.SignedIn(minutesAgo: 1);
        await Saved(await administrator.Tick("th", _ => true));
        await Saved(await administrator.Tick("vi", _ => true));
        await Heard();
        Assert.Contains(Of("th", Closed), await restored.OfWorker("/w/th"), StringComparison.Ordinal);
        Assert.Contains("The database came back from a copy", await (await administrator.Get("/operators/texts")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Confirm first that it is you", await (await (await restored.SignedIn(minutesAgo: 16)).LookThrough("th")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await Saved(await administrator.LookThrough("th"));

        await Wait.Until(async () => (await restored.OfWorker("/w/th")).Contains(Of("th", Open), StringComparison.Ordinal), "the language did not open");
        Assert.Contains(Of("vi", Closed), await restored.OfWorker("/w/vi"), StringComparison.Ordinal);
        Assert.DoesNotContain("came back from a copy", await administrator.Page("th"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_sent_yet_when_a_language_closes_is_not_sent()
    {
        var administrator = await screen.SignedIn(minutesAgo: 1);
        await Saved(await administrator.Tick("en", _ => true));
        await Wait.Until(async () => (await screen.OfWorker("/w/en")).Contains(Of("en", Open), StringComparison.Ordinal), "the language did not open");
        var begun = Regex.Match(await screen.WorkerSends("/w/en/form"), "name=\"state\" value=\"([^\"]+)\"").Groups[1].Value;

        Assert.Contains(Of("en", "sent.heading"), await screen.WorkerSends("/w/en/form", ("step", "receipt"), ("state", begun), ("go", "next")), StringComparison.Ordinal);
        await Saved(await administrator.Tick("en", key => key == "consent.hint", "TakeBack"));
        await Wait.Until(async () => (await screen.OfWorker("/w/en")).Contains(Of("en", "closed.not-reviewed"), StringComparison.Ordinal), "the language did not close");
        var closed = await screen.WorkerSends("/w/en/form", ("step", "receipt"), ("state", begun), ("go", "next"));

        Assert.Contains(Of("en", "closed.not-sent"), closed, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/w\">", closed, StringComparison.Ordinal);
        Assert.Equal(1, screen.Filed);
    }

    [Fact]
    public async Task Whose_role_has_ended_since_she_signed_in_marks_nothing()
    {
        var administrator = await screen.SignedIn(minutesAgo: 1);
        screen.RolesHaveEnded = true;
        HttpResponseMessage answer;
        try
        {
            answer = await administrator.Tick("lo", key => key == "safe.yes");
        }
        finally
        {
            screen.RolesHaveEnded = false;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("Reviewed by", await administrator.Page("lo"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_a_draft_on_it_does_not_say_draft()
    {
        await Saved(await (await screen.SignedIn(minutesAgo: 1)).Tick("vi", _ => true));

        await Wait.Until(async () => !(await screen.OfWorker("/w/vi")).Contains(Of("vi", "draft"), StringComparison.Ordinal), "the page still says draft");
        Assert.Contains(Of("vi", Open), await screen.OfWorker("/w/vi"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(null)]
    public async Task Who_has_not_just_proved_who_they_are_marks_nothing_and_keeps_the_ticks(int? minutesAgo)
    {
        var administrator = await screen.SignedIn(minutesAgo);

        var answer = await administrator.Tick("km", key => key == "safe.danger", note: "read aloud");
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Confirm first that it is you", page, StringComparison.Ordinal);
        Assert.Contains("/sign-in/confirm?returnUrl=%2Foperators%2Ftexts%2Fkm", page, StringComparison.Ordinal);
        Assert.Matches("value=\"safe\\.danger [0-9a-f]{64}\"[^>]*checked", page);
        Assert.Contains("value=\"read aloud\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Reviewed by", await administrator.Page("km"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_comes_next_sees_who_reviewed_what_when_and_how()
    {
        var administrator = await screen.SignedIn(minutesAgo: 1);

        await Saved(await administrator.Tick("my", key => key == "safe.heading", note: "Read aloud to three workers"));
        await Saved(await administrator.Tick("my", key => key == "safe.yes"));
        await Saved(await administrator.Tick("my", key => key == "safe.yes", "TakeBack"));

        var page = await administrator.Page("my");
        Assert.Matches("Reviewed by khin@open-hand\\.example on \\d{4}-\\d\\d-\\d\\d: Read aloud to three workers", page);
        Assert.Contains("Taken back by khin@open-hand.example", page, StringComparison.Ordinal);
        Assert.Contains($"1 of {WorkerTexts.All("my").Count} reviewed", await (await administrator.Get("/operators/texts")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tick_for_a_wording_that_has_changed_since_is_refused()
    {
        var administrator = await screen.SignedIn(minutesAgo: 1);

        var page = WebUtility.HtmlDecode(await (await administrator.TickMark("lo", $"safe.danger {new Wording(WorkerTexts.Area, "lo", "safe.danger", "An earlier wording").Hash}")).Content.ReadAsStringAsync());

        Assert.Contains("Some wordings have changed since you opened this page", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Reviewed by", await administrator.Page("lo"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_edited_wording_is_a_draft_again()
    {
        var wording = new Wording("workers", "en", "safe.heading", "Are you safe now?");
        var reviewed = new Reviewed([new() { Area = "workers", Language = "en", Key = "safe.heading", Hash = wording.Hash, IsReviewed = true }]);

        Assert.True(reviewed.Has(wording));
        Assert.False(reviewed.Has(wording with { Text = "Are you safe now? " }));
        Assert.False(reviewed.Has(wording with { Language = "th" }));
    }

    [Fact]
    public async Task Nothing_is_marked_by_a_form_from_elsewhere_nor_by_another_role_nor_in_a_language_that_is_not_there()
    {
        var administrator = await screen.SignedIn(minutesAgo: 1);

        Assert.Equal(HttpStatusCode.BadRequest, (await administrator.Tick("km", _ => true, ours: false)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.Get("/operators/texts/xx")).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await (await screen.SignedIn(minutesAgo: 1, role: "case_handler")).Get("/operators/texts/km")).StatusCode);
        Assert.DoesNotContain("Reviewed by", await administrator.Page("km"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pressed_without_a_tick_it_says_what_to_do()
    {
        var page = await (await (await screen.SignedIn(minutesAgo: 1)).Tick("lo", _ => false)).Content.ReadAsStringAsync();

        Assert.Contains("Tick the wordings that it is about first.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirming_asks_the_issuer_for_a_sign_in_of_the_last_minutes_and_comes_back_to_our_own_pages_only()
    {
        using var answer = await screen.Get("/sign-in/confirm?returnUrl=%2Foperators%2Ftexts%2Fmy");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith($"{screen.Issuer}/authorize?", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("max_age=450", answer.Headers.Location.Query, StringComparison.Ordinal);
    }

    private static async Task Saved(HttpResponseMessage answer)
    {
        if (answer.StatusCode != HttpStatusCode.Redirect) Assert.Fail(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Longer than the web goes by what it read last.</summary>
    private static Task Heard() => Task.Delay(ReviewedTexts.FreshFor + TimeSpan.FromMilliseconds(200));

    private static string Of(string language, string key) => WorkerTexts.Of(language, key);

    private static bool Critical(string language, string key) => WorkerTexts.IsSafetyCritical(WorkerTexts.Find(language, key));
}

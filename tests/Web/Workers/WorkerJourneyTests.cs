using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recruitment.Platform;
using Recruitment.Web.Pages.Workers;

namespace Recruitment.Web.Tests.Workers;

public sealed class WorkerJourneyTests(WorkerApp app) : IClassFixture<WorkerApp>
{
    public static TheoryData<string> Languages => [.. WorkerTexts.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_worker_files_and_comes_back_without_cookie_or_script(string language)
    {
        var start = await app.Get($"/w/{language}");
        Assert.Contains(WorkerTexts.Of(language, "start.limits"), start.Html);

        var receipt = await app.ToReceipt(language);
        var code = receipt.Code;
        var before = await app.Cases();
        var sent = await app.Next(language, receipt, "next");
        Assert.Equal(code, sent.Code);
        Assert.Equal(before + 1, await app.Cases());

        await Reply("go to the office by the market");
        var box = await app.Post($"/w/{language}/open", ("code", code));

        Assert.Contains("go to the office by the market", box.Html);
        Assert.DoesNotContain("They keep my passport", box.Html);
        Assert.DoesNotContain("A factory by the river", sent.Html + box.Html);
        foreach (var page in new[] { start, receipt, sent, box })
        {
            Assert.Contains($"<html lang=\"{language}\">", page.Html);
            Assert.Contains($"<title>{WorkerTexts.Of(language, "title")}</title>", page.Html);
            foreach (var each in WorkerTexts.Languages) Assert.Contains(WorkerTexts.Of(each, "demonstration"), page.Html);
            Assert.Contains(WorkerTexts.Of(language, "draft"), page.Html);
        }
    }

    [Theory]
    [InlineData(null, 10), InlineData("7", 7)]
    public async Task Whoever_agrees_to_be_counted_is_told_the_number_that_the_office_has_set_and_her_case_keeps_it(string? set, int kept)
    {
        await using var office = new WorkerApp(set is null ? [] : new() { ["Grievances:SmallestGroup"] = set });
        await office.InitializeAsync();
        foreach (var language in WorkerTexts.Languages)
        {
            var receipt = await office.ToReceipt(language);
            var consent = await office.Next(language, receipt, "back");
            Assert.Contains(WorkerTexts.Of(language, "consent.use_anonymised_for_stats").Replace("{others}", $"{kept - 1}", StringComparison.Ordinal), consent.Html);
            await office.Next(language, receipt, "next");
        }
        var ids = (await office.Reader.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("items").EnumerateArray().Select(g => g.GetProperty("id").GetGuid()).ToList();
        Assert.Equal(6, ids.Count);
        foreach (var id in ids) Assert.EndsWith($"-{kept}", await office.TokenOf(id), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_question_after_the_first_begins_with_a_way_back_that_Enter_does_not_take_and_the_first_says_so(string language)
    {
        var page = await app.Post($"/w/{language}/form");
        Assert.Contains(WorkerTexts.Of(language, "back.hint"), page.Html);
        Assert.Contains(WorkerTexts.Of(language, "back"), WorkerTexts.Of(language, "back.hint"));
        Assert.DoesNotContain("value=\"back\"", page.Html);
        page = await app.Next(language, page, "next", ("answer", "yes"));
        for (var questions = 0; page.Hidden("step") != "receipt"; questions++)
        {
            Assert.True(questions < 7, "the form does not end");
            var buttons = Regex.Matches(page.Html, "name=\"go\" value=\"([a-z]+)\"").Select(m => m.Groups[1].Value).ToList();
            Assert.Equal([page.Hidden("step") == "about" ? "search" : "next", "back"], buttons.Take(2));
            Assert.True(page.Html.IndexOf("value=\"back\"", StringComparison.Ordinal) < page.Html.IndexOf("<h1", StringComparison.Ordinal), "the way back stands below the question");
            page = await app.Next(language, page, "next", ("text", "They keep my passport"));
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_page_weighs_less_than_ten_kilobytes_with_its_styles_and_asks_nobody_else(string language)
    {
        var style = await app.Phone.GetByteArrayAsync(new Uri("/css/worker.css", UriKind.Relative));
        var pages = new List<Page> { await app.Get("/w"), await app.Get($"/w/{language}"), await app.Get($"/w/{language}/open"), await app.Post($"/w/{language}/form") };
        var receipt = await app.ToReceipt(language);
        var consent = await app.Next(language, receipt, "back");
        Assert.Equal("consent", consent.Hidden("step"));
        pages.AddRange([receipt, consent, await app.Next(language, consent, "back")]);

        foreach (var page in pages)
        {
            Assert.Equal(HttpStatusCode.OK, page.Status);
            // As it travels: pages are not compressed, for a page that reflects what was typed must not tell it by its length.
            var weight = Encoding.UTF8.GetByteCount(page.Html) + style.Length + 2 * HeadersOf(page.Response);
            Assert.True(weight <= 10_000, $"{weight} bytes");
            Assert.Equal("no-store", page.Response.Headers.CacheControl?.ToString());
            Assert.DoesNotContain("script", page.Response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.DoesNotMatch("<script|<img|<iframe| style=| on[a-z]+=", page.Html);
            Assert.All(Regex.Matches(page.Html, "(?:src|href|action)=\"([^\"]+)\"").Where(m => !m.Value.Contains("wikipedia", StringComparison.Ordinal)), m => Assert.StartsWith("/", m.Groups[1].Value));
        }
    }

    [Fact]
    public async Task A_lost_answer_loses_no_case_and_sending_again_shows_the_same_receipt()
    {
        var receipt = await app.ToReceipt("th");
        var before = await app.Cases();

        app.Line.CutAfter = "/api/v1/grievances";
        var trouble = await app.Next("th", receipt, "next");
        app.Line.CutAfter = null;
        var sent = await app.Next("th", trouble, "next");
        var reloaded = await app.Next("th", receipt, "next");

        Assert.Contains(WorkerTexts.Of("th", "error.trouble"), trouble.Html);
        Assert.Equal((receipt.Code, receipt.Code, receipt.Code), (trouble.Code, sent.Code, reloaded.Code));
        Assert.Equal(before + 1, await app.Cases());
    }

    [Fact]
    public async Task A_page_loaded_again_shows_the_code_that_she_has_written_down_and_what_is_sent_again_from_there_counts_once()
    {
        var page = await app.Post("/w/lo/form");
        while (page.Hidden("step") != "consent") page = await app.Next("lo", page, "next", ("text", "They keep my passport"));
        var receipt = await app.Next("lo", page, "next");
        var before = await app.Cases();
        await app.Next("lo", receipt, "next");

        var again = await app.Next("lo", page, "next");
        var sent = await app.Next("lo", again, "next");

        Assert.Equal((receipt.Code, receipt.Code), (again.Code, sent.Code));
        Assert.Contains(WorkerTexts.Of("lo", "sent.heading"), sent.Html);
        Assert.Equal(before + 1, await app.Cases());
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task What_she_changed_after_sending_is_not_lost_but_a_second_report_with_a_code_of_its_own(string language)
    {
        var receipt = await app.ToReceipt(language);
        var before = await app.Cases();
        await app.Next(language, receipt, "next");

        // Back in her browser to a page from before: she is in danger after all.
        var page = receipt;
        while (page.Hidden("step") != "safe") page = await app.Next(language, page, "back");
        page = await app.Next(language, page, "next", ("answer", "no"));
        while (page.Hidden("step") is "age" or "about" or "topic" or "people") page = await app.Next(language, page, "skip");
        page = await app.Next(language, page, "next", ("text", "They keep my passport"));
        while (page.Hidden("step") != "receipt") page = await app.Next(language, page, "next");
        var changed = await app.Next(language, page, "next");

        Assert.Equal(receipt.Code, page.Code);
        Assert.NotEqual(receipt.Code, changed.Code);
        Assert.Contains(WorkerTexts.Of(language, "receipt.changed"), changed.Html);
        Assert.Equal(before + 1, await app.Cases());

        // Loaded again, the page shows the code that she has just written down.
        Assert.Equal(changed.Code, (await app.Next(language, page, "next")).Code);
        var sent = await app.Next(language, changed, "next");
        Assert.Contains(WorkerTexts.Of(language, "sent.heading"), sent.Html);
        Assert.Equal(changed.Code, sent.Code);
        Assert.Equal(before + 2, await app.Cases());
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData(null, "https://elsewhere.example")]
    [InlineData(null, "not an address")]
    public async Task A_form_of_another_site_is_refused(string? site, string? origin)
    {
        var stranger = app.Web.Anonymous();
        stranger.BaseAddress = new("http://workers.localhost/");
        if (site is not null) stranger.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);
        if (origin is not null) stranger.DefaultRequestHeaders.Add("Origin", origin);
        using var form = new FormUrlEncodedContent([]);

        using var response = await stranger.PostAsync(new Uri("/w/en/form", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("https://workers.localhost")]
    public async Task An_old_browser_that_does_not_say_where_a_form_comes_from_is_served(string? origin)
    {
        var old = app.Web.Anonymous();
        old.BaseAddress = new("http://workers.localhost/");
        if (origin is not null) old.DefaultRequestHeaders.Add("Origin", origin);
        using var form = new FormUrlEncodedContent([]);

        using var response = await old.PostAsync(new Uri("/w/en/form", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(WorkerTexts.Of("en", "safe.heading"), await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_damaged_state_is_said_in_her_language_and_her_words_are_kept(string language)
    {
        var page = await app.Post($"/w/{language}/form", ("step", "story"), ("state", "AAAA"), ("go", "next"), ("text", "what I had written"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(WorkerTexts.Of(language, "error.expired"), page.Html);
        Assert.Contains("what I had written", page.Html);
    }

    [Theory]
    [InlineData("12345 67890", "return.mistyped")]
    [InlineData("", "return.mistyped")]
    [InlineData("00000-00000-00000-00000-000000", "return.unknown")]
    public async Task A_wrong_code_gets_a_page_that_says_what_to_do(string code, string key)
    {
        var page = await app.Post("/w/my/open", ("code", code));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(WorkerTexts.Of("my", key), page.Html);
    }

    [Fact]
    public async Task Either_a_topic_or_a_text_is_enough_and_neither_is_not()
    {
        var page = await app.Post("/w/vi/form");
        foreach (var go in new[] { "next", "skip", "skip", "skip" }) page = await app.Next("vi", page, go);
        page = await app.Next("vi", page, "next");

        Assert.Equal("story", page.Hidden("step"));
        Assert.Contains(WorkerTexts.Of("vi", "story.needed"), page.Html);
        Assert.Equal("people", (await app.Next("vi", page, "next", ("text", "a word"))).Hidden("step"));
    }

    [Fact]
    public async Task Every_consent_is_off_until_chosen_and_going_back_keeps_what_was_told()
    {
        var receipt = await app.ToReceipt("en", "kept when going back");
        var consent = await app.Next("en", receipt, "back");
        var people = await app.Next("en", consent, "back");
        var story = await app.Next("en", people, "back");
        var fresh = await app.Next("en", await app.Next("en", await app.Post("/w/en/form"), "next"), "next");

        Assert.Contains("kept when going back", story.Html);
        Assert.Contains("name=\"handler\" value=\"woman\" checked", people.Html);
        Assert.Contains("name=\"interpreter\" value=\"man\" checked", people.Html);
        Assert.DoesNotContain(" checked", fresh.Html.Replace("been checked", "", StringComparison.Ordinal));
        var again = await app.Next("en", await app.Next("en", await app.Next("en", story, "next", ("text", "changed")), "skip"), "next");
        Assert.Equal(receipt.Code, again.Code);
    }

    [Fact]
    public async Task A_form_sent_again_with_other_words_brings_these_to_the_reader_too()
    {
        var before = await app.CaseIds();
        var receipt = await app.ToReceipt("en");
        await app.Next("en", receipt, "next");
        var message = RandomId.New().ToString();
        foreach (var text in new[] { "they come tonight", "they come tonight", "they come tomorrow" })
        {
            var written = await app.Post("/w/en/open", ("code", receipt.Code), ("go", "write"), ("message", message), ("text", text));
            Assert.Contains(WorkerTexts.Of("en", "mailbox.written"), written.Html);
        }

        Assert.Equal(3, await app.Messages((await app.CaseIds()).Except(before).Single()));
    }

    [Fact]
    public async Task Whoever_locks_the_code_closes_it_for_all_who_have_it()
    {
        var receipt = await app.ToReceipt("lo");
        await app.Next("lo", receipt, "next");

        var locked = await app.Post("/w/lo/open", ("code", receipt.Code), ("go", "lock"));
        var later = await app.Post("/w/lo/open", ("code", receipt.Code));

        Assert.Contains(WorkerTexts.Of("lo", "mailbox.locked"), locked.Html);
        Assert.Contains(WorkerTexts.Of("lo", "return.unknown"), later.Html);
    }

    [Fact]
    public async Task Many_at_once_get_a_receipt_each()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => (await app.Next("km", await app.ToReceipt("km"), "next")).Code));

        Assert.Equal(8, codes.Where(c => c.Length > 0).Distinct().Count());
    }

    [Fact]
    public async Task When_nobody_can_be_reached_the_first_page_says_so_and_where_else_to_go_and_begins_nothing()
    {
        app.Line.CutBefore = true;
        var start = await app.Get("/w/en");
        app.Line.CutBefore = false;

        Assert.Contains(WorkerTexts.Of("en", "error.trouble"), start.Html);
        Assert.Contains(WorkerTexts.Of("en", "closed.else"), start.Html);
        Assert.DoesNotContain("/w/en/form", start.Html);
    }

    [Fact]
    public async Task The_staff_host_has_no_page_for_workers_and_the_worker_host_none_for_staff()
    {
        var staff = app.Web.Anonymous();
        using var worker = await staff.GetAsync(new Uri("/w/en", UriKind.Relative));
        using var handlers = await app.Phone.GetAsync(new Uri("/CaseHandlers", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, worker.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, handlers.StatusCode);
    }

    private async Task Reply(string text)
    {
        foreach (var listed in (await app.Reader.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("items").EnumerateArray()
            .Where(g => g.GetProperty("status").GetString() == "received" && !g.GetProperty("mailboxLocked").GetBoolean()))
        {
            var id = listed.GetProperty("id").GetGuid();
            var g = await app.Reader.GetFromJsonAsync<JsonElement>($"/api/v1/grievances/{id}/sealed");
            var content = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { text }).PadRight(1024));
            var aad = Encoding.ASCII.GetBytes(id.ToString());
            using var sent = await app.Reader.PostAsJsonAsync($"/api/v1/grievances/{id}/replies", new
            {
                sealedForWorker = Hpke.Seal(g.GetProperty("workerPublicKey").GetBytesFromBase64(), "recruitment grievances reply v1"u8.ToArray(), aad, content),
                sealedForCase = Hpke.Seal(g.GetProperty("publicKey").GetBytesFromBase64(), "recruitment grievances message v1"u8.ToArray(), aad, content),
                generation = g.GetProperty("publicKeyGeneration").GetInt32(),
                messagesRead = g.GetProperty("messages").GetArrayLength(),
            });
            sent.EnsureSuccessStatusCode();
        }
    }

    private static int HeadersOf(HttpResponseMessage response) => 60 + response.Headers.Concat(response.Content.Headers).Sum(h => h.Key.Length + 4 + h.Value.Sum(v => v.Length));
}

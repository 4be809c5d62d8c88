using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Recruitment.Grievances.Intake;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests.Intake;

public sealed class IntakeTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    private static readonly string[] OfTheMailbox = ["/mailbox", "/mailbox/messages", "/mailbox/lock", "/mailbox/withdrawal", "/mailbox/deletion"];

    [Fact]
    public async Task The_same_request_twice_is_one_case()
    {
        var same = new { receipt = await app.Receipt(), language = "th", topic = "wages", formId = Guid.CreateVersion7() };
        var id = await GrievancesApp.Only(app.Mai, async () =>
        {
            for (var i = 0; i < 2; i++)
            {
                using var response = await app.Post("", same);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
        });

        Assert.NotEqual(Guid.Empty, id);
    }

    public static TheoryData<string, object> Changes => new()
    {
        { "the danger", new { safeNow = false } }, { "the age", new { under18 = true } }, { "the words", new { text = "twice" } }, { "the topic", new { topic = "documents" } },
        { "the workplace", new { about = new { kind = "written", name = "the other mill" } } }, { "a consent", new { actWithoutName = true } }, { "to be counted", new { useAnonymisedForStats = true } },
        { "a wish", new { handlerWish = "woman" } }, { "the language", new { language = "my" } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Another_report_under_a_receipt_that_was_used_is_refused_and_never_taken_for_the_same(string what, object change)
    {
        var receipt = await app.Receipt();
        var first = new Dictionary<string, object> { ["receipt"] = receipt, ["language"] = "th", ["topic"] = "wages", ["text"] = "once", ["formId"] = Guid.CreateVersion7() };
        var other = new Dictionary<string, object>(first);
        foreach (var property in change.GetType().GetProperties()) other[property.Name] = property.GetValue(change)!;
        var before = (await app.Mai.List()).Count;

        Assert.Equal(HttpStatusCode.OK, (await app.Post("", first)).StatusCode);
        using var refused = await app.Post("", other);
        Assert.Equal(HttpStatusCode.OK, (await app.Post("", first)).StatusCode);

        Assert.True(refused.StatusCode == HttpStatusCode.Conflict, what);
        Assert.Contains("receipt-used", await refused.Content.ReadAsStringAsync());
        Assert.Equal(before + 1, (await app.Mai.List()).Count);
    }

    /// <remarks>Who reads that she may come back in a week misses an answer that is there tomorrow, when she is in danger.</remarks>
    [Fact]
    public async Task The_worker_is_told_to_come_back_on_the_working_day_by_which_her_answer_is_due_and_the_same_whenever_she_asks()
    {
        var today = app.Today;
        foreach (var (told, days) in new (object, int)[] { (new { safeNow = false }, 1), (new { under18 = true }, 3), (new { topic = "violence" }, 3), (new { topic = "wages" }, 7) })
        {
            var filing = new Dictionary<string, object> { ["receipt"] = await app.Receipt(), ["language"] = "th", ["text"] = "once", ["formId"] = Guid.CreateVersion7() };
            foreach (var property in told.GetType().GetProperties()) filing[property.Name] = property.GetValue(told)!;
            var id = await GrievancesApp.Only(app.Mai, async () => Assert.Equal(app.Working(today.AddDays(days)), await ReturnOn("", filing)));

            Assert.Equal(app.Working(today.AddDays(days)), await ReturnOn("", filing));
            Assert.Equal(app.Working(today.AddDays(days)), await ReturnOn("/mailbox", new { receipt = filing["receipt"] }));

            (await app.Mai.Reply(id, "we are coming")).Dispose();
            Assert.Equal(app.Working(today.AddDays(7)), await ReturnOn("/mailbox", new { receipt = filing["receipt"] }));
        }
    }

    [Fact]
    public async Task Who_agreed_to_be_counted_and_sends_the_same_again_is_one_case_and_a_locked_one_too()
    {
        var same = new { receipt = await app.Receipt(), language = "th", topic = "wages", useAnonymisedForStats = true, formId = Guid.CreateVersion7() };
        var before = (await app.Mai.List()).Count;
        Assert.Equal(HttpStatusCode.OK, (await app.Post("", same)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Post("", same)).StatusCode);
        (await app.Post("/mailbox/lock", new { same.receipt })).Dispose();

        Assert.Equal(HttpStatusCode.OK, (await app.Post("", same)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await app.Post("", new { same.receipt, language = "th", topic = "hours", same.formId })).StatusCode);
        Assert.Equal(before + 1, (await app.Mai.List()).Count);
    }

    [Fact]
    public async Task Of_two_different_reports_at_once_under_one_receipt_one_is_taken_and_the_others_are_refused()
    {
        var receipt = await app.Receipt();
        var before = (await app.Mai.List()).Count;

        var formId = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => app.Post("", new { receipt, language = "th", text = $"report {i}", formId })));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(before + 1, (await app.Mai.List()).Count);
    }

    [Fact]
    public async Task Many_at_once_get_a_receipt_each_and_one_receipt_at_once_is_one_case()
    {
        var before = (await app.Mai.List()).Count;
        var shared = new { receipt = await app.Receipt(), language = "th", text = "once", formId = Guid.CreateVersion7() };
        var receipts = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => app.File()));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var response = await app.Post("", shared);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }));

        Assert.Equal(16, receipts.Distinct().Count());
        Assert.Equal(before + 17, (await app.Mai.List()).Count);
    }

    [Fact]
    public void A_wrong_digit_or_two_swapped_are_found_before_anything_is_looked_up()
    {
        var digits = Receipt.Read(Receipt.New())!;
        for (var i = 0; i < digits.Length; i++)
        {
            var wrong = digits.ToCharArray();
            wrong[i] = wrong[i] == '9' ? '0' : (char)(wrong[i] + 1);
            Assert.Null(Receipt.Read(new string(wrong)));
            if (i == 0 || digits[i] == digits[i - 1]) continue;
            var swapped = digits.ToCharArray();
            (swapped[i], swapped[i - 1]) = (swapped[i - 1], swapped[i]);
            Assert.Null(Receipt.Read(new string(swapped)));
        }
    }

    [Fact]
    public void Digits_of_any_script_are_read()
    {
        var receipt = Receipt.New();
        foreach (var zero in "๐၀០໐")
        {
            Assert.Equal(Receipt.Read(receipt), Receipt.Read(string.Concat(receipt.Select(c => char.IsAsciiDigit(c) ? (char)(zero + c - '0') : ' '))));
        }
    }

    [Theory]
    [InlineData("12345", HttpStatusCode.BadRequest, "receipt-mistyped")]
    [InlineData(null, HttpStatusCode.NotFound, "receipt-unknown")]
    public async Task A_wrong_receipt_says_what_is_wrong(string? receipt, HttpStatusCode status, string code)
    {
        foreach (var path in OfTheMailbox)
        {
            using var response = await Ask(path, receipt ?? Receipt.New());

            Assert.Equal(status, response.StatusCode);
            Assert.Contains(code, await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task The_mailbox_shows_the_last_reply_and_never_her_own_words()
    {
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File("my own words"));
        using (var sent = await app.Mai.Reply(id, "first")) Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        using (var sent = await app.Somchai.Reply(id, "come to the office")) Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        using (var again = await app.Post("/mailbox/messages", new { receipt, messageId = Guid.CreateVersion7(), text = "more of my own words" }))
            Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);

        using var opened = await app.Post("/mailbox", new { receipt });
        var body = await opened.Content.ReadAsStringAsync();

        Assert.Contains("come to the office", body);
        Assert.DoesNotContain("own words", body);
        Assert.Equal("more of my own words", (await app.Somchai.Read(id, 3)).GetProperty("text").GetString());
    }

    [Fact]
    public async Task The_same_message_twice_is_one_message()
    {
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        var messageId = Guid.CreateVersion7();
        for (var i = 0; i < 2; i++) (await app.Post("/mailbox/messages", new { receipt, messageId, text = "again" })).Dispose();

        Assert.Equal(2, (await app.Mai.Sealed(id)).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task A_locked_mailbox_is_as_unknown_as_any_other_code_and_the_reader_keeps_the_case()
    {
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        (await app.Post("/mailbox/lock", new { receipt })).Dispose();

        foreach (var path in OfTheMailbox)
        {
            using var locked = await Ask(path, receipt);
            using var unknown = await Ask(path, Receipt.New());

            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
            Assert.Equal(unknown.StatusCode, locked.StatusCode);
            Assert.Equal(await Said(unknown), await Said(locked));
        }
        Assert.Contains(id, await app.Mai.List());
    }

    [Fact]
    public async Task Filing_writes_nothing_to_the_outbox()
    {
        await app.File();
        await using var db = app.Db();

        Assert.Equal(0, await db.Database.SqlQuery<int>($"SELECT COUNT(*) AS \"Value\" FROM \"Outbox\"").SingleAsync());
    }

    [Fact]
    public async Task Filing_writes_no_word_to_any_file()
    {
        GrievancesApp.NeedsItsFiles();
        var receipt = await app.File("extraordinarily recognisable sentence");

        foreach (var (_, raw) in await RawFiles.In(app.Host.DataFolder))
        {
            Assert.DoesNotContain("recognisable", raw, StringComparison.Ordinal);
            Assert.DoesNotContain(receipt, raw, StringComparison.Ordinal);
            Assert.DoesNotContain(Receipt.Read(receipt)!, raw, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task In_operation_mode_intake_is_closed_with_the_reason()
    {
        await using var host = await app.Start(new() { ["Mode"] = "operation", ["Grievances:ErasureList"] = Path.Combine(app.Host.DataFolder, "erasure-list-of-operation") });
        var state = await host.Anonymous().GetFromJsonAsync<JsonElement>("/api/v1/grievances/intake");
        using var filed = await host.Anonymous().PostAsJsonAsync("/api/v1/grievances", new { receipt = Receipt.New(), language = "en", text = "x", formId = Guid.CreateVersion7() });

        Assert.False(state.GetProperty("open").GetBoolean());
        Assert.Equal("not-approved", state.GetProperty("reason").GetString());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, filed.StatusCode);
    }

    [Fact]
    public async Task Without_a_reader_intake_is_closed_in_a_demonstration_too()
    {
        await using var host = await app.Start();

        var state = await host.Anonymous().GetFromJsonAsync<JsonElement>("/api/v1/grievances/intake");

        Assert.Equal("nobody-reads", state.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("""{"receipt":"RECEIPT","formId":"FORM","language":"th"}""", "nothing-told")]
    [InlineData("""{"receipt":"RECEIPT","formId":"FORM","language":"th","topic":"weather"}""", "unknown-topic")]
    [InlineData("""{"receipt":"RECEIPT","formId":"FORM","language":"xx","text":"a"}""", "")]
    [InlineData("""{"receipt":"RECEIPT","formId":"FORM","language":"th","text":"a","handlerWish":"my cousin"}""", "")]
    [InlineData("""{"receipt":"RECEIPT","formId":"FORM","language":"th","text":"a","interpreterWish":"my cousin"}""", "")]
    [InlineData("""{"receipt":"RECEIPT","language":"th","text":"a"}""", "Send a formId")]
    [InlineData("""{"receipt":"RECEIPT","language":"th","text":"a","formId":null}""", "Send a formId")]
    [InlineData("""{"receipt":"RECEIPT","language":"th","text":"a","formId":"00000000-0000-0000-0000-000000000000"}""", "Send a formId")]
    [InlineData("not json", "bad-request")]
    public async Task What_cannot_be_filed_is_refused_with_what_to_do(string body, string code)
    {
        using var content = new StringContent(body.Replace("RECEIPT", Receipt.New(), StringComparison.Ordinal).Replace("FORM", $"{Guid.CreateVersion7()}", StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
        using var response = await app.Worker.PostAsync(new Uri("/api/v1/grievances", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(code, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Whom_she_would_rather_speak_with_reaches_her_reader_sealed_and_nobody_else()
    {
        var id = await GrievancesApp.Only(app.Mai, async () =>
        {
            using var filed = await app.Post("", new { receipt = await app.Receipt(), language = "th", text = "please", handlerWish = "woman", interpreterWish = "either", formId = Guid.CreateVersion7() });
            Assert.Equal(HttpStatusCode.OK, filed.StatusCode);
        });

        var told = await app.Mai.Read(id);
        Assert.Equal(("woman", "either"), (told.GetProperty("handlerWish").GetString(), told.GetProperty("interpreterWish").GetString()));
        Assert.DoesNotContain("woman", (await app.Mai.Sealed(id)).GetRawText() + await app.Mai.Client.GetStringAsync("/api/v1/grievances"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_file_holds_whom_she_would_rather_speak_with()
    {
        GrievancesApp.NeedsItsFiles();
        using var filed = await app.Post("", new { receipt = await app.Receipt(), language = "th", text = "please", handlerWish = "woman", interpreterWish = "either", formId = Guid.CreateVersion7() });
        Assert.Equal(HttpStatusCode.OK, filed.StatusCode);

        foreach (var (_, raw) in await RawFiles.In(app.Host.DataFolder)) Assert.DoesNotContain("woman", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_does_not_answer_in_time_finds_nothing_and_stops_no_worker()
    {
        await using var slow = new GrievancesApp([]);
        await slow.InitializeAsync();
        slow.Suppliers.Hangs = true;

        using var answer = await slow.Post("/directory", new { query = "Bright Needle" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("[]", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(true, false, true), InlineData(false, false, false), InlineData(true, true, false)]
    public async Task The_mailbox_says_whether_she_agreed_to_be_counted_and_nothing_of_what_became_of_it(bool agreed, bool under18, bool counted)
    {
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File(count: agreed, under18: under18));
        Assert.Equal(counted, await Agreed(receipt));

        var site = Guid.CreateVersion7();
        await app.Mai.Name(id, app.Owner(site));
        using (var confirmed = await app.Mai.Confirm(id, await app.Mai.Token(id), site)) Assert.Equal(counted, confirmed.IsSuccessStatusCode);
        Assert.Equal(counted, await Agreed(receipt));
        (await app.Post("/mailbox/withdrawal", new { receipt })).Dispose();
        Assert.Equal(counted, await Agreed(receipt));
    }

    private async Task<bool> Agreed(string receipt)
    {
        using var box = await app.Post("/mailbox", new { receipt });
        return (await box.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("agreedToCount").GetBoolean();
    }

    private async Task<DateOnly> ReturnOn(string path, object body)
    {
        using var answer = await app.Post(path, body);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("returnOn").Deserialize<DateOnly>();
    }

    private Task<HttpResponseMessage> Ask(string path, string receipt) =>
        path == "/mailbox/messages" ? app.Post(path, new { receipt, messageId = Guid.CreateVersion7(), text = "again" }) : app.Post(path, new { receipt });

    /// <summary>The whole answer but the number of this one request.</summary>
    private static async Task<string> Said(HttpResponseMessage answer) =>
        string.Join('\n', (await answer.Content.ReadFromJsonAsync<JsonElement>()).EnumerateObject().Where(m => m.Name != "traceId").Select(m => $"{m.Name}: {m.Value}"));
}

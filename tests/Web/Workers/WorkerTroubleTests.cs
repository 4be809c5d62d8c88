using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Testing;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;
using Recruitment.Web.Pages.Workers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Web.Tests.Workers;

public sealed class WorkerTroubleTests(WorkerApp app) : IClassFixture<WorkerApp>
{
    [Theory]
    [InlineData("/w/th/nothing", "th")]
    [InlineData("/w/km/form/more", "km")]
    [InlineData("/w/xx", "en")]
    [InlineData("/nothing", "en")]
    public async Task An_address_that_is_not_there_gets_a_page_in_her_language(string path, string language)
    {
        var page = await app.Get(path);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains(WorkerTexts.Of(language, "error.missing"), page.Html);
        Assert.Contains(WorkerTexts.Of(language, "demonstration"), page.Html);
        Assert.Equal("no-store", page.Response.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(2_000_000)]
    public async Task More_than_a_form_can_hold_is_refused_with_the_limit_in_her_language(int letters)
    {
        var begun = await app.Post("/w/lo/form");

        var page = await app.Next("lo", begun, "next", ("text", new string('x', letters)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, page.Status);
        Assert.Contains(WorkerTexts.Of("lo", "story.long"), page.Html);
    }

    [Fact]
    public async Task What_is_not_a_form_gets_a_page_and_no_stack_trace()
    {
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        var page = await Page.Of(await app.Phone.PostAsync(new Uri("/w/vi/open", UriKind.Relative), json));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(WorkerTexts.Of("vi", "error.failed"), page.Html);
    }

    [Fact]
    public async Task Eight_thousand_letters_of_Burmese_arrive_and_ten_thousand_and_one_stay_in_the_field()
    {
        var page = await app.Post("/w/my/form");
        foreach (var go in new[] { "next", "skip", "skip", "skip" }) page = await app.Next("my", page, go);

        var tooLong = await app.Next("my", page, "next", ("text", new string('က', 10_001)));
        var fits = await app.Next("my", tooLong, "next", ("text", new string('က', 8_200)));

        Assert.Contains(WorkerTexts.Of("my", "story.long"), tooLong.Html);
        Assert.Contains(new string('က', 10_001), tooLong.Html);
        Assert.Equal("people", fits.Hidden("step"));
    }

    [Fact]
    public async Task A_form_begun_before_a_restart_ends_after_it()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-web-restart-").FullName;
        var settings = new Dictionary<string, string> { ["DataFolder"] = folder };
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } postgres)
            settings["ConnectionStrings:web"] = $"{postgres};Database=test_web_{Guid.CreateVersion7():N};Maximum Pool Size=10";
        Page story;
        await using (var before = await Start(settings)) story = await ToStory(Phone(before));

        await using var after = await Start(settings);
        var form = Fields(("step", story.Hidden("step")), ("state", story.Hidden("state")), ("go", "next"), ("text", "after the restart"));
        var page = await Page.Of(await Phone(after).PostAsync(new Uri("/w/en/form", UriKind.Relative), form));

        Assert.Equal("people", page.Hidden("step"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_form_begun_on_one_replica_ends_on_another_that_shares_its_database_and_secret_and_nothing_else()
    {
        var (one, other) = (Directory.CreateTempSubdirectory("recruitment-web-one-").FullName, Directory.CreateTempSubdirectory("recruitment-web-other-").FullName);
        var settings = new Dictionary<string, string> { ["Secrets:data-protection"] = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)) };
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } postgres)
            settings["ConnectionStrings:web"] = $"{postgres};Database=test_web_{Guid.CreateVersion7():N};Maximum Pool Size=10";
        Page story;
        await using (var first = await Start(new(settings) { ["DataFolder"] = one })) story = await ToStory(Phone(first));
        foreach (var part in Directory.GetFiles(one, "web.db*")) File.Copy(part, Path.Combine(other, Path.GetFileName(part)));
        Directory.Delete(one, recursive: true);

        await using var second = await Start(new(settings) { ["DataFolder"] = other });
        await using var scope = second.Services.CreateAsyncScope();
        // Else they would lie in the home of this account, which both have here and replicas have not.
        Assert.NotEmpty(await scope.ServiceProvider.GetRequiredService<WebDb>().DataProtectionKeys.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));
        var form = Fields(("step", story.Hidden("step")), ("state", story.Hidden("state")), ("go", "next"), ("text", "on the other one"));
        var page = await Page.Of(await Phone(second).PostAsync(new Uri("/w/en/form", UriKind.Relative), form));

        Assert.Equal("people", page.Hidden("step"));
        Directory.Delete(other, recursive: true);
    }

    [Fact]
    public async Task Whoever_deletes_is_asked_once_more_and_then_the_code_opens_nothing()
    {
        var receipt = await app.ToReceipt("km");
        await app.Next("km", receipt, "next");

        var asked = await app.Post("/w/km/open", ("code", receipt.Code), ("go", "delete"));
        var kept = await app.Post("/w/km/open", ("code", receipt.Code), ("go", "open"));
        var deleted = await app.Post("/w/km/open", ("code", receipt.Code), ("go", "delete-yes"));
        var later = await app.Post("/w/km/open", ("code", receipt.Code));

        Assert.Contains(WorkerTexts.Of("km", "delete.what"), asked.Html);
        Assert.Contains(WorkerTexts.Of("km", "mailbox.status.received"), kept.Html);
        Assert.Contains(WorkerTexts.Of("km", "deleted.done"), deleted.Html);
        Assert.Contains(WorkerTexts.Of("km", "return.unknown"), later.Html);
    }

    [Theory]
    [InlineData("delete-yes", "error.delete", "deleted.done")]
    [InlineData("lock", "error.lock", "mailbox.locked")]
    [InlineData("withdraw", "error.withdraw", "mailbox.withdrawn")]
    [InlineData("write", "error.trouble", "mailbox.written")]
    public async Task What_could_not_be_done_is_never_said_to_be_and_one_button_asks_for_the_same_again(string go, string trouble, string done)
    {
        const string Begun = "and my passport too <b>";
        var receipt = await app.ToReceipt("th");
        await app.Next("th", receipt, "next");

        app.Line.CutBefore = true;
        var cut = await app.Post("/w/th/open", ("code", receipt.Code), ("go", go), ("text", Begun));
        app.Line.CutBefore = false;
        var again = await app.Post("/w/th/open", ("code", cut.Hidden("code")), ("go", cut.Go(WorkerTexts.Of("th", "error.retry"))), ("text", Begun));

        Assert.Contains(WorkerTexts.Of("th", trouble), cut.Html);
        Assert.Contains(WorkerTexts.Of("th", "error.trouble.heading"), cut.Html);
        Assert.Contains(Begun, cut.Html);
        Assert.Contains(WorkerTexts.Of("th", done), again.Html);
    }

    public static TheoryData<HttpStatusCode, string, string> OfSomethingBetween => new()
    {
        { HttpStatusCode.NotFound, "text/html", "<h1>404</h1>" }, { HttpStatusCode.NotFound, "application/problem+json", """{"type":"about:blank"}""" },
        { HttpStatusCode.BadRequest, "text/html", "<h1>400</h1>" }, { HttpStatusCode.BadGateway, "text/html", "<h1>502</h1>" },
    };

    [Theory]
    [MemberData(nameof(OfSomethingBetween))]
    public async Task What_something_between_answers_is_no_word_of_the_office(HttpStatusCode status, string type, string body)
    {
        var receipt = await app.ToReceipt("my");
        await app.Next("my", receipt, "next");

        app.Line.Instead = () => new(status) { Content = new StringContent(body, System.Text.Encoding.UTF8, type) };
        var locked = await app.Post("/w/my/open", ("code", receipt.Code), ("go", "lock"));
        var deleted = await app.Post("/w/my/open", ("code", receipt.Code), ("go", "delete-yes"));
        var opened = await app.Post("/w/my/open", ("code", receipt.Code), ("go", "open"));
        app.Line.Instead = null;

        Assert.Contains(WorkerTexts.Of("my", "error.lock"), locked.Html);
        Assert.Contains(WorkerTexts.Of("my", "error.delete"), deleted.Html);
        Assert.Contains(WorkerTexts.Of("my", "error.trouble"), opened.Html);
        Assert.Contains(WorkerTexts.Of("my", "mailbox.status.received"), (await app.Post("/w/my/open", ("code", receipt.Code), ("go", "open"))).Html);
    }

    [Theory]
    [InlineData("<h1>Welcome</h1>", "text/html")]
    [InlineData("{\"open\":tr", "application/json")]
    public async Task An_answer_that_is_none_of_ours_or_breaks_off_leads_to_a_page_that_says_so_and_keeps_what_she_wrote(string body, string type)
    {
        var receipt = await app.ToReceipt("th");
        var before = await app.Cases();

        app.Line.Instead = () => new(HttpStatusCode.OK) { Content = new StringContent(body, System.Text.Encoding.UTF8, type) };
        var start = await app.Get("/w/th");
        var sent = await app.Next("th", receipt, "next");
        app.Line.Instead = null;
        var again = await app.Next("th", sent, "next");

        Assert.Contains(WorkerTexts.Of("th", "error.trouble"), start.Html);
        Assert.Contains(WorkerTexts.Of("th", "error.trouble"), sent.Html);
        Assert.Contains(WorkerTexts.Of("th", "sent.heading"), again.Html);
        Assert.Equal(receipt.Code, again.Code);
        Assert.Equal(before + 1, await app.Cases());
    }

    [Theory]
    [InlineData("delete-yes", "/api/v1/grievances/mailbox/deletion", "error.delete", "deleted.gone")]
    [InlineData("lock", "/api/v1/grievances/mailbox/lock", "error.lock", "mailbox.locked")]
    public async Task When_the_answer_alone_was_lost_asking_again_says_that_nobody_can_open_it(string go, string path, string trouble, string done)
    {
        var receipt = await app.ToReceipt("vi");
        await app.Next("vi", receipt, "next");

        app.Line.CutAfter = path;
        var cut = await app.Post("/w/vi/open", ("code", receipt.Code), ("go", go));
        app.Line.CutAfter = null;
        var again = await app.Post("/w/vi/open", ("code", cut.Hidden("code")), ("go", go));

        Assert.Contains(WorkerTexts.Of("vi", trouble), cut.Html);
        Assert.Contains(WorkerTexts.Of("vi", done), again.Html);
        Assert.DoesNotContain(WorkerTexts.Of("vi", "return.unknown"), again.Html);
    }

    [Fact]
    public async Task What_she_deleted_does_not_come_back_when_the_last_page_of_the_form_is_loaded_again()
    {
        var receipt = await app.ToReceipt("my");
        await app.Next("my", receipt, "next");
        await app.Post("/w/my/open", ("code", receipt.Code), ("go", "delete-yes"));
        var before = await app.Cases();

        var reloaded = await app.Next("my", receipt, "next");

        Assert.Contains(WorkerTexts.Of("my", "receipt.changed"), reloaded.Html);
        Assert.NotEqual(receipt.Code, reloaded.Code);
        Assert.Equal(before, await app.Cases());
    }

    [Fact]
    public async Task Whose_code_somebody_used_before_her_gets_another_and_her_report_arrives_with_that()
    {
        var (receipt, before) = (await app.ToReceipt("my"), await app.Cases());
        await app.FileUnder(receipt.Code);

        var refused = await app.Next("my", receipt, "next");
        var sent = await app.Next("my", refused, "next");

        Assert.Contains(WorkerTexts.Of("my", "receipt.changed"), refused.Html);
        Assert.Contains(WorkerTexts.Of("my", "sent.heading"), sent.Html);
        Assert.Equal(refused.Code, sent.Code);
        Assert.Equal(before + 2, await app.Cases());
    }

    [Fact]
    public async Task What_she_had_begun_to_write_stays_when_she_presses_something_else_or_mistypes_her_code()
    {
        const string Begun = "and my passport too <b>";
        var receipt = await app.ToReceipt("km", mayCount: true);
        await app.Next("km", receipt, "next");

        var asked = await app.Post("/w/km/open", ("code", receipt.Code), ("go", "delete"), ("text", Begun));
        var kept = await app.Post("/w/km/open", ("code", receipt.Code), ("go", "open"), ("text", asked.Hidden("text")));
        var withdrawn = await app.Post("/w/km/open", ("code", receipt.Code), ("go", "withdraw"), ("text", Begun));
        var mistyped = await app.Post("/w/km/open", ("code", "12345"), ("go", "write"), ("text", Begun));

        Assert.All([kept, withdrawn, mistyped], page => Assert.Matches($"<textarea[^>]*>\\s?{Regex.Escape(Begun)}</textarea>", page.Html));
        var sent = await app.Post("/w/km/open", ("code", receipt.Code), ("go", "write"), ("text", Begun));
        var locked = await app.Post("/w/km/open", ("code", receipt.Code), ("go", "lock"), ("text", Begun));
        Assert.Contains(WorkerTexts.Of("km", "mailbox.unsent"), locked.Html);
        Assert.Contains(Begun, locked.Html);
        Assert.Contains(WorkerTexts.Of("km", "mailbox.written"), sent.Html);
        Assert.DoesNotContain("my passport too", sent.Html);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Taking_back_the_consent_to_be_counted_is_offered_to_whoever_gave_it_alone(bool mayCount)
    {
        var receipt = await app.ToReceipt("th", mayCount: mayCount);
        await app.Next("th", receipt, "next");

        var box = await app.Post("/w/th/open", ("code", receipt.Code));

        Assert.Equal(mayCount, box.Html.Contains(WorkerTexts.Of("th", "mailbox.withdraw"), StringComparison.Ordinal));
        Assert.Equal(mayCount, box.Html.Contains(WorkerTexts.Of("th", "mailbox.withdraw.hint"), StringComparison.Ordinal));
        // What it does stands with each button that does it.
        foreach (var act in mayCount ? new[] { "withdraw", "lock", "delete" } : ["lock", "delete"])
            Assert.Matches($"<div class=\"act\">\\s*<button[^>]*value=\"{act}\"[^>]*>[^<]+</button>\\s*<p[^>]*>{Regex.Escape(WorkerTexts.Of("th", $"mailbox.{act}.hint"))}</p>", box.Html);
    }

    [Fact]
    public async Task A_workplace_that_is_not_found_is_said_with_what_to_do_and_her_word_is_kept()
    {
        var page = await app.Next("vi", await app.Next("vi", await app.Post("/w/vi/form"), "next"), "skip");

        var searched = await app.Next("vi", page, "search", ("query", "A factory by the river"));
        var further = await app.Next("vi", searched, "next", ("query", "A factory by the river"));
        var back = await app.Next("vi", further, "back");

        Assert.Equal(("about", "topic"), (searched.Hidden("step"), further.Hidden("step")));
        Assert.Contains(WorkerTexts.Of("vi", "about.none"), searched.Html);
        Assert.Contains("value=\"A factory by the river\"", searched.Html);
        Assert.DoesNotContain(WorkerTexts.Of("vi", "about.none"), further.Html + back.Html);
        Assert.Contains("value=\"A factory by the river\"", back.Html);
    }

    [Fact]
    public async Task A_workplace_taken_out_again_is_not_told()
    {
        var page = await app.Next("en", await app.Next("en", await app.Post("/w/en/form"), "next"), "skip");
        var named = await app.Next("en", await app.Next("en", page, "next", ("query", "A factory by the river")), "back");

        var emptied = await app.Next("en", await app.Next("en", named, "next", ("query", "")), "back");

        Assert.DoesNotContain("A factory by the river", emptied.Html);
    }

    [Fact]
    public async Task In_operation_no_page_poses_as_a_demonstration_when_nobody_can_be_reached()
    {
        app.Line.CutBefore = true;
        await using var operation = await Start(new() { ["Mode"] = "operation" });
        var page = await Page.Of(await Phone(operation).GetAsync(new Uri("/w/en", UriKind.Relative)));
        app.Line.CutBefore = false;

        Assert.DoesNotContain(WorkerTexts.Of("en", "demonstration"), page.Html);
        Assert.Contains(WorkerTexts.Of("en", "error.trouble"), page.Html);
    }

    private Task<ServiceHost<Program>> Start(Dictionary<string, string> settings) => ServiceHost<Program>.Start("web", settings,
        services => services.AddHttpClient(typeof(GrievancesClient).FullName!).ConfigurePrimaryHttpMessageHandler(() => app.Line));

    private static HttpClient Phone(ServiceHost<Program> web)
    {
        var phone = web.Anonymous();
        phone.BaseAddress = new("http://workers.localhost/");
        return phone;
    }

    private static async Task<Page> ToStory(HttpClient phone)
    {
        var page = await Page.Of(await phone.PostAsync(new Uri("/w/en/form", UriKind.Relative), Fields()));
        foreach (var go in new[] { "next", "skip", "skip", "skip" })
        {
            var form = Fields(("step", page.Hidden("step")), ("state", page.Hidden("state")), ("go", go));
            page = await Page.Of(await phone.PostAsync(new Uri("/w/en/form", UriKind.Relative), form));
        }
        return page;
    }

    private static FormUrlEncodedContent Fields(params (string Name, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
}

using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Playwright;

namespace Recruitment.Web.Tests.CaseHandlers;

public sealed class AnswerTests(CaseScreen screen) : IClassFixture<CaseScreen>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await CaseScreen.Register(screen.Reader);
        await screen.AssignIntake();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_was_typed_before_the_case_got_a_new_key_stays_typed_is_not_sent_and_goes_at_the_second_press()
    {
        var colleague = screen.Colleague("somchai");
        await CaseScreen.Register(colleague);
        await screen.AssignIntake(colleague);
        var receipt = await screen.File("They keep my passport in the office");
        var page = await Open(await Only());
        await page.FillAsync("#text", "Come on Sunday");
        using (var handed = await colleague.PostAsync(new Uri($"/api/v1/grievances/{await Only()}/handover", UriKind.Relative), null)) handed.EnsureSuccessStatusCode();

        await page.ClickAsync("#answer button");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.includes('Nothing was sent')");
        Assert.Equal("Come on Sunday", await page.InputValueAsync("#text"));
        Assert.Null(await LastReply(receipt));

        await page.ClickAsync("#answer button");
        await page.WaitForSelectorAsync("#messages li:nth-child(2)");
        Assert.Equal("Come on Sunday", await LastReply(receipt));
        Assert.Contains("Come on Sunday", await page.InnerTextAsync("#messages"));
        (await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox/deletion", new { receipt })).Dispose();
    }

    [Fact]
    public async Task What_the_worker_writes_while_the_answer_is_typed_is_read_first_and_what_was_typed_stays()
    {
        var receipt = await screen.File("They keep my passport in the office");
        var page = await Open(await Only());
        await page.FillAsync("#text", "Ask for it on Monday");
        await Write(receipt, "They have locked me in");

        await page.ClickAsync("#answer button");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.includes('Nothing was sent')");
        Assert.Equal("Ask for it on Monday", await page.InputValueAsync("#text"));
        Assert.Null(await LastReply(receipt));
        Assert.DoesNotContain("New.", await page.InnerTextAsync("#messages li:nth-child(1)"));
        Assert.Contains("New. Worker", await page.InnerTextAsync("#messages li:nth-child(2)"));
        Assert.Contains("They have locked me in", await page.InnerTextAsync("#messages li:nth-child(2)"));
        foreach (var seen in (string[])["#said", "#messages li:nth-child(2)"])
            Assert.True(await page.EvaluateAsync<bool>("what => { const at = document.querySelector(what).getBoundingClientRect(); return at.top >= 0 && at.bottom <= innerHeight; }", seen), seen);

        await page.FillAsync("#text", "Stay by the window, we come at once");
        await page.ClickAsync("#answer button");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.startsWith('Sent.')");
        Assert.Equal("Stay by the window, we come at once", await LastReply(receipt));
        Assert.DoesNotContain("Something new", await page.InnerTextAsync("#said"));
        (await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox/deletion", new { receipt })).Dispose();
    }

    [Fact]
    public async Task A_case_in_which_the_worker_wrote_meanwhile_is_not_closed_over_her_message()
    {
        var receipt = await screen.File("They keep my passport in the office");
        var id = await Only();
        var page = await Open(id);
        await page.FillAsync("#text", "Ask for it on Monday");
        await page.ClickAsync("#answer button");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.startsWith('Sent.')");
        await Write(receipt, "They have locked me in");

        await page.ClickAsync("#close");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.includes('Nothing was closed')");
        Assert.Contains("They have locked me in", await page.InnerTextAsync("#messages li:nth-child(3)"));
        Assert.Equal("received", await Status(id));

        await page.FillAsync("#text", "Stay by the window, we come at once");
        await page.ClickAsync("#answer button");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.startsWith('Sent.')");
        await page.ClickAsync("#close");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.startsWith('Closed.')");
        Assert.Equal("closed", await Status(id));
        (await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox/deletion", new { receipt })).Dispose();
    }

    [Fact]
    public async Task Nobody_is_named_from_a_case_that_changed_since_it_was_opened()
    {
        var receipt = await screen.File("They keep my passport in the office");
        var id = await Only();
        var page = await Open(id);
        await page.FillAsync("#search-for", "The office");
        await page.ClickAsync("#search button");
        await page.CheckAsync("input[name=subject]");
        await Write(receipt, "It is the other one");

        await page.ClickAsync("#name");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.includes('Nobody was named')");

        Assert.Contains("It is the other one", await page.InnerTextAsync("#messages li:nth-child(2)"));
        Assert.False((await screen.Reader.GetFromJsonAsync<JsonElement>($"/api/v1/grievances/{id}/sealed")).GetProperty("accusedNamed").GetBoolean());
        (await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox/deletion", new { receipt })).Dispose();
    }

    [Fact]
    public async Task A_message_that_no_key_opens_is_said_to_be_so_and_hides_no_other()
    {
        var receipt = await screen.File("They keep my passport in the office");
        var id = await Only();
        using (var junk = await screen.Reader.PostAsJsonAsync($"/api/v1/grievances/{id}/replies",
            new { sealedForWorker = RandomNumberGenerator.GetBytes(1072), sealedForCase = RandomNumberGenerator.GetBytes(1072), generation = 0, messagesRead = 1 })) Assert.Equal(HttpStatusCode.NoContent, junk.StatusCode);

        var page = await Open(id);

        Assert.Contains("They keep my passport in the office", await page.InnerTextAsync("#messages li:nth-child(1)"));
        Assert.Contains("cannot be opened", await page.InnerTextAsync("#messages li:nth-child(2)"));
        (await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox/deletion", new { receipt })).Dispose();
    }

    [Fact]
    public async Task A_second_answer_is_said_to_take_the_place_of_the_first()
    {
        var receipt = await screen.File("They keep my passport in the office");
        var page = await Open(await Only());
        Assert.False(await page.IsVisibleAsync("#replaces"));

        await page.FillAsync("#text", "Come on Sunday");
        await page.ClickAsync("#answer button");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.startsWith('Sent.')");

        Assert.True(await page.IsVisibleAsync("#replaces"));
        (await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox/deletion", new { receipt })).Dispose();
    }

    [Fact]
    public async Task An_answer_of_which_the_receipt_was_lost_is_sent_again_and_is_one_answer()
    {
        var receipt = await screen.File("They keep my passport in the office");
        var id = await Only();
        var page = await Open(id);
        await page.FillAsync("#text", "Come on Sunday");
        await page.RouteAsync("**/casehandlers/relay*replies*", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.ClickAsync("#answer button");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.includes('could not be reached')");
        Assert.Equal("Come on Sunday", await LastReply(receipt));

        await page.UnrouteAllAsync();
        await page.ClickAsync("#answer button");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.startsWith('Sent.')");

        Assert.Equal("", await page.InputValueAsync("#text"));
        Assert.Equal(2, await page.Locator("#messages li").CountAsync());
        (await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox/deletion", new { receipt })).Dispose();
    }

    [Fact]
    public async Task An_answer_that_was_sent_is_not_said_to_be_unsent_when_the_case_cannot_be_shown_again()
    {
        var receipt = await screen.File("They keep my passport in the office");
        var page = await Open(await Only());
        await page.FillAsync("#text", "Come on Sunday");
        await page.RouteAsync("**/casehandlers/relay*sealed*", route => route.AbortAsync());

        await page.ClickAsync("#answer button");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.includes('load this page')");

        Assert.StartsWith("Sent.", await page.InnerTextAsync("#said"), StringComparison.Ordinal);
        Assert.Equal("", await page.InputValueAsync("#text"));
        Assert.Equal("Come on Sunday", await LastReply(receipt));
        (await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox/deletion", new { receipt })).Dispose();
    }

    [Fact]
    public async Task Who_answers_while_another_person_is_signed_in_here_is_told_so_keeps_her_text_and_has_a_way_on()
    {
        var receipt = await screen.File("They keep my passport in the office");
        var id = await Only();
        var page = await Open(id);
        await page.FillAsync("#text", "Come on Sunday");
        // As when the token belongs to whoever was signed in before.
        await page.EvaluateAsync("document.querySelector('input[name=__RequestVerificationToken]').value = 'of another person'");

        await page.ClickAsync("#answer button");
        await page.WaitForSelectorAsync("#said a");

        var said = await page.InnerTextAsync("#said");
        Assert.Contains("another person is signed in here now, or this page is too old", said, StringComparison.Ordinal);
        Assert.Contains("still stands in its field below: copy it", said, StringComparison.Ordinal);
        Assert.DoesNotContain("400", said, StringComparison.Ordinal);
        Assert.Equal("Come on Sunday", await page.InputValueAsync("#text"));
        Assert.Null(await LastReply(receipt));
        await page.ClickAsync("#said a");
        await page.WaitForSelectorAsync("#locked:not([hidden])");
        Assert.EndsWith($"/casehandlers/case/{id}", page.Url, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", await page.InputValueAsync("#text"));
        (await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox/deletion", new { receipt })).Dispose();
    }

    [Fact]
    public async Task An_answer_sent_with_two_clicks_is_one_answer()
    {
        var receipt = await screen.File("They keep my passport in the office");
        var page = await Open(await Only());

        await page.FillAsync("#text", "We are looking into it.");
        await page.DblClickAsync("#answer button");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.includes('Sent.')");

        Assert.Equal(2, await page.Locator("#messages li").CountAsync());
        (await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox/deletion", new { receipt })).Dispose();
    }

    private async Task<IPage> Open(Guid id)
    {
        var page = await screen.Open($"/CaseHandlers/Case/{id}");
        await page.FillAsync("#passphrase", CaseScreen.Passphrase);
        await page.ClickAsync("#unlock button");
        await page.WaitForSelectorAsync("#opened:not([hidden])");
        return page;
    }

    private async Task<Guid> Only() => (await screen.Reader.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("items").EnumerateArray().Single().GetProperty("id").GetGuid();

    private async Task<string?> Status(Guid id) => (await screen.Reader.GetFromJsonAsync<JsonElement>($"/api/v1/grievances/{id}/sealed")).GetProperty("status").GetString();

    private async Task Write(string receipt, string text)
    {
        using var written = await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox/messages", new { receipt, messageId = Guid.CreateVersion7(), text });
        written.EnsureSuccessStatusCode();
    }

    private async Task<string?> LastReply(string receipt)
    {
        using var box = await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox", new { receipt });
        return (await box.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("lastReply").GetString();
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Recruitment.Platform;

namespace Recruitment.Web.Tests.CaseHandlers;

/// <summary>Everybody in the office is bound to the accused; a reader elsewhere is not.</summary>
public sealed class PassOnTests(CaseScreen screen) : IClassFixture<CaseScreen>
{
    [Fact]
    public async Task Who_is_bound_to_whom_she_names_loses_the_case_to_a_reader_without_a_tie_who_opens_all_of_it()
    {
        await CaseScreen.Register(screen.Reader);
        await screen.AssignIntake();
        var free = screen.Colleague("ploy", Guid.CreateVersion7());
        var hers = await CaseScreen.Register(free);
        await screen.File("They keep my passport in the office");
        var id = await Only();

        var page = await screen.Open($"/CaseHandlers/Case/{id}");
        await Unlock(page);
        await page.WaitForSelectorAsync("#opened:not([hidden])");
        await page.FillAsync("#search-for", "The office");
        await page.ClickAsync("#search button");
        await page.CheckAsync("input[name=subject]");
        await page.ClickAsync("#name");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.includes('only readers without one can see this case now')");

        Assert.False(await page.Locator("#opened").IsVisibleAsync());
        Assert.Equal("They keep my passport in the office", await Read(free, id, hers));
        Assert.Equal("{\"items\":[],\"next\":null,\"inDanger\":0,\"inDangerInFlood\":0,\"overdue\":0,\"first\":null,\"toPassOn\":[]}", await screen.Reader.GetStringAsync(new Uri("/api/v1/grievances", UriKind.Relative)));

        // Named by a program that went away before it shared the keys: the list says so, and the page does it.
        await screen.File("He hits us");
        var second = await Only();
        using (var named = await screen.Reader.PutAsJsonAsync($"/api/v1/grievances/{second}/accused", new { partyId = CaseScreen.Operator })) Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        var list = await screen.Open("/CaseHandlers");
        await list.ClickAsync("text=Pass on case");
        await Unlock(list);
        await list.WaitForFunctionAsync("document.getElementById('said').textContent.includes('Passed on.')");

        Assert.Equal("He hits us", await Read(free, second, hers));
        Assert.DoesNotContain(screen.Sent.Bodies, b => b.Contains("hits us", StringComparison.Ordinal) || b.Contains(CaseScreen.Passphrase, StringComparison.Ordinal));
        var done = await screen.Open("/CaseHandlers");
        Assert.Equal(0, await done.Locator("text=Pass on").CountAsync());
    }

    [Fact]
    public async Task Nothing_is_said_to_be_passed_on_when_there_was_nothing()
    {
        await CaseScreen.Register(screen.Reader);
        var page = await screen.Open($"/casehandlers/passon/{Guid.NewGuid()}");

        await Unlock(page);

        await page.WaitForFunctionAsync("document.getElementById('said').textContent.includes('There is nothing here that you can pass on')");
    }

    private static async Task Unlock(IPage page)
    {
        await page.FillAsync("#passphrase", CaseScreen.Passphrase);
        await page.ClickAsync("#unlock button");
    }

    private async Task<Guid> Only() => (await screen.Reader.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("items").EnumerateArray().Single().GetProperty("id").GetGuid();

    private static async Task<string?> Read(HttpClient reader, Guid id, HpkeKeyPair keys)
    {
        var g = await reader.GetFromJsonAsync<JsonElement>($"/api/v1/grievances/{id}/sealed");
        var aad = Encoding.ASCII.GetBytes(id.ToString());
        var message = g.GetProperty("messages")[0];
        var copy = g.GetProperty("earlierKeys").EnumerateArray().Single(k => k.GetProperty("generation").GetInt32() == message.GetProperty("generation").GetInt32()).GetProperty("sealed");
        var key = Hpke.Open(keys.PrivateKey, "recruitment grievances case key v1"u8.ToArray(), aad, copy.GetBytesFromBase64());
        return JsonSerializer.Deserialize<JsonElement>(Hpke.Open(key, "recruitment grievances message v1"u8.ToArray(), aad, message.GetProperty("sealed").GetBytesFromBase64())).GetProperty("text").GetString();
    }
}

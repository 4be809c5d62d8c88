using System.Net.Http.Json;
using System.Text.Json;

namespace Recruitment.Web.Tests.CaseHandlers;

/// <summary>The worker said that somebody else has her code: no answer reaches her through it, and no page says that one does.</summary>
public sealed class ClosedMailboxTests(CaseScreen screen) : IClassFixture<CaseScreen>
{
    [Fact]
    public async Task The_page_says_so_offers_no_answer_and_lets_the_case_be_closed()
    {
        await CaseScreen.Register(screen.Reader);
        await screen.AssignIntake();
        var receipt = await screen.File("They keep my passport in the office");
        (await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox/lock", new { receipt })).Dispose();
        var id = (await screen.Reader.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("items").EnumerateArray().Single().GetProperty("id").GetGuid();

        var page = await screen.Open($"/CaseHandlers/Case/{id}");
        await page.FillAsync("#passphrase", CaseScreen.Passphrase);
        await page.ClickAsync("#unlock button");
        await page.WaitForSelectorAsync("#opened:not([hidden])");

        Assert.True(await page.IsVisibleAsync("#no-mailbox"));
        Assert.False(await page.IsVisibleAsync("#answer"));
        await page.ClickAsync("#close");
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.startsWith('Closed.')");
    }
}

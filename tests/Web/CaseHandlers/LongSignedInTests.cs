using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Recruitment.Web.Tests.CaseHandlers;

/// <summary>A reader whose sign-in is too long ago is told how to go on, and what she wrote stays.</summary>
public sealed class LongSignedInTests(CaseScreen screen) : IClassFixture<CaseScreen>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await CaseScreen.Register(screen.Reader);
        await screen.AssignIntake();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_case_stays_closed_until_she_confirms_in_another_tab_and_opens_at_the_next_press()
    {
        await screen.File("They keep my passport in the office");
        var id = (await screen.Reader.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("items")[0].GetProperty("id").GetGuid();
        var page = await screen.Open($"/casehandlers/case/{id}");
        screen.Sent.Instead = screen.LongSignedIn;

        await Unlock(page);
        await page.WaitForSelectorAsync("#said a[target=_blank]");

        Assert.Contains("it is too long ago that you proved who you are", await page.InnerTextAsync("#said"), StringComparison.Ordinal);
        Assert.Equal("/sign-in/confirm?returnUrl=%2Fconfirmed", await page.GetAttributeAsync("#said a", "href"));
        Assert.False(await page.IsVisibleAsync("#opened"));

        screen.Sent.Instead = null;
        await Unlock(page);
        await page.WaitForSelectorAsync("#opened:not([hidden])");
        Assert.Contains("They keep my passport in the office", await page.InnerTextAsync("#messages"), StringComparison.Ordinal);
    }

    private static async Task Unlock(IPage page)
    {
        await page.FillAsync("#passphrase", CaseScreen.Passphrase);
        await page.ClickAsync("#unlock button");
    }
}

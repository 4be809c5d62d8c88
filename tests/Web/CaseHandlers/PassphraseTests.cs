using System.Text.Json;
using Microsoft.Playwright;

namespace Recruitment.Web.Tests.CaseHandlers;

/// <summary>The server never sees a passphrase, so the page alone stands between a reader and one that anybody guesses.</summary>
public sealed class PassphraseTests(CaseScreen screen) : IClassFixture<CaseScreen>
{
    [Theory]
    [InlineData("                ", "is only blanks")]
    [InlineData("\u00a0\u3000\u200b\u2800 \u00ad\u3164 \u00a0\u3000\u200b\u2800 \u00ad\u3164", "is only blanks")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaa", "repeats the same few characters")]
    [InlineData("abab abab abab abab abab", "repeats the same few characters")]
    [InlineData("rain            ", "has 4 characters without its blanks. It needs 12 more")]
    [InlineData("a few dry words", "has 12 characters without its blanks. It needs 4 more")]
    [InlineData("mountainrailways", "has one word. It needs four, or 20 characters")]
    [InlineData("lantern lantern gate", "has 2 different words. It needs four, or 20 characters")]
    public async Task A_passphrase_that_anybody_guesses_makes_no_key_and_the_page_says_what_is_missing(string passphrase, string missing)
    {
        var page = await screen.Open("/CaseHandlers/Key");
        var sent = screen.Sent.Bodies.Count;

        await Make(page, passphrase);
        await page.WaitForFunctionAsync("document.getElementById('said').textContent.includes('No key was made')");

        Assert.Contains(missing, await page.InnerTextAsync("#said"), StringComparison.Ordinal);
        Assert.True(await page.IsVisibleAsync("#register"));
        Assert.False(await page.IsVisibleAsync("#recovery"));
        Assert.Equal(sent, screen.Sent.Bodies.Count);
    }

    [Theory]
    [InlineData("lantern gate river moss")]
    [InlineData("mountainrailwaysatnoon")]
    [InlineData("ฝนตกที่ภูเขาแล้วไปตลาด")]
    public async Task One_that_nobody_guesses_makes_a_key(string passphrase)
    {
        var page = await screen.Open("/CaseHandlers/Key");

        await Make(page, passphrase);

        await page.WaitForSelectorAsync("#recovery:not([hidden])");
    }

    [Fact]
    public async Task Blanks_at_its_ends_are_no_part_of_it_when_it_is_chosen_or_typed()
    {
        var page = await screen.Open("/CaseHandlers/Key");

        var opened = await page.EvaluateAsync<JsonElement>(
            """
            async () => {
              const sealing = await import('/js/sealing.js');
              const { trimmed } = await import('/js/passphrase.js');
              const { unlock } = await import('/js/keys.js');
              const key = new Uint8Array(32).fill(7);
              const opens = async (wrapped, typed) => { try { return (await unlock({ wrappedKey: wrapped }, typed))[0] === 7; } catch { return false; } };
              const chosen = await sealing.wrap(key, trimmed('  lantern gate river moss '), 1000);
              const asItStands = await sealing.wrap(key, ' lantern gate river moss ', 1000);
              return [await opens(chosen, 'lantern gate river moss'), await opens(chosen, ' lantern gate river moss\n'), await opens(chosen, 'lantern gate river'), await opens(asItStands, ' lantern gate river moss ')];
            }
            """);

        Assert.Equal([true, true, false, true], opened.EnumerateArray().Select(o => o.GetBoolean()));
    }

    private static async Task Make(IPage page, string passphrase)
    {
        await page.FillAsync("#passphrase", passphrase);
        await page.FillAsync("#again", passphrase);
        await page.ClickAsync("#register button");
    }
}

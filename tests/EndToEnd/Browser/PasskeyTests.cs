using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Browser;

/// <summary>A real browser with an authenticator of its own, on the pages as they are: the strict policy holds, and no line of the script is left out.</summary>
public sealed class PasskeyTests
{
    [Theory]
    [InlineData("", "Add a passkey", "Use a passkey")]
    [InlineData("th/", "เพิ่มพาสคีย์", "ใช้พาสคีย์")]
    public async Task Somebody_adds_a_passkey_and_signs_in_with_it_without_typing_anything(string language, string add, string use)
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-passkeys-").FullName;
        try
        {
            await AddAndUse(folder, language, add, use);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AddAndUse(string folder, string language, string add, string use)
    {
        var address = new Uri($"http://localhost:{Running.FreePort()}/");
        await using var chromium = await Chromium.Start();
        await using var program = new StartedProgram("AllInOne", address, new Dictionary<string, string> { ["Mode"] = "demonstration", ["DataFolder"] = folder });
        await program.Answers("health/ready");
        var page = await chromium.Person();
        var devices = await page.Context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true },
        });

        await page.GotoAsync($"{address}identity/{language}sign-in?returnUrl=%2Fidentity%2F{Uri.EscapeDataString(language)}account%2Fpasskeys");
        await page.FillAsync("#email", "anna@marisol-pine.example");
        await page.FillAsync("#password", "demonstration");
        await page.ClickAsync("form:not([data-passkey]) button");
        await page.FillAsync("#name", "The key of this desk");
        await page.GetByRole(AriaRole.Button, new() { Name = add, Exact = true }).ClickAsync();
        await Arrives(page, "account/codes");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"{address}identity/{language}sign-in?returnUrl=%2Fidentity%2F{Uri.EscapeDataString(language)}account");
        await page.GetByRole(AriaRole.Button, new() { Name = use, Exact = true }).ClickAsync();
        await Arrives(page, $"/identity/{language}account$");

        Assert.Contains("anna@marisol-pine.example", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    /// <summary>By its address alone: a page that has loaded just as its loading begins to be waited for is waited for in vain.</summary>
    private static Task Arrives(IPage page, string pattern) => Assertions.Expect(page).ToHaveURLAsync(new Regex(pattern), new() { Timeout = 30_000 });
}

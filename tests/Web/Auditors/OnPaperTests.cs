using Microsoft.Playwright;
using Recruitment.Platform;
using Recruitment.Testing;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Auditors;

/// <summary>A printed page says what the page says: the texts of its fields and what is folded, without buttons and ways to go.</summary>
public sealed class OnPaperTests : IAsyncLifetime
{
    private static readonly string Long = string.Join("\\n", Enumerable.Range(1, 40).Select(n => $"Line {n} of what was found."));

    private readonly PagesOfAssessment pages = new();
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        await pages.InitializeAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium-headless-shell", Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await pages.DisposeAsync();
    }

    [Fact]
    public async Task The_findings_of_an_open_audit_stand_there_whole()
    {
        pages.Service.Application("audit_assigned", extra: $$""","findings":[{"criterion":"A1","grade":"minor","text":"{{Long}}","evidenceLevel":"records","status":"open","closedWith":null}]""");
        pages.ReaderRoles = [Roles.Auditor];

        var page = await Print($"/auditors/audit/{Answering.Id}");

        var text = page.Locator("#text-A1");
        Assert.True(await text.IsVisibleAsync());
        var (whole, shown, line) = (await Pixels("scrollHeight"), await Pixels("clientHeight"), await text.EvaluateAsync<double>("field => parseFloat(getComputedStyle(field).lineHeight) || 1.2 * parseFloat(getComputedStyle(field).fontSize)"));
        // Fonts differ by language: less than half a line may lie outside, never one of the forty.
        Assert.True(whole - shown < line / 2 && shown > 30 * line, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"All forty lines, not the first of them in a box: {shown} of {whole} pixels, {line} a line."));
        Assert.True(await page.Locator("#grade-A1").IsVisibleAsync());
        Task<double> Pixels(string of) => text.EvaluateAsync<double>($"field => field.{of}");
        foreach (var gone in (string[])["button", ".crumbs", ".who"]) Assert.False(await page.Locator(gone).First.IsVisibleAsync());
    }

    [Fact]
    public async Task What_is_folded_on_a_decision_is_open_and_a_form_that_nobody_opened_is_not_there()
    {
        pages.Service.Application("granted", extra: ""","findings":[{"criterion":"A1","grade":"conform","text":"The licence is valid.","evidenceLevel":"records","status":"closed","closedWith":null}]""");
        pages.ReaderRoles = [Roles.DecisionMaker];

        var page = await Print($"/auditors/decision/{Answering.Id}");

        var folded = page.Locator("details#c-A1:not([open])");
        Assert.True(await folded.GetByText("The licence is valid.").EvaluateAsync<bool>("words => words.checkVisibility()"));
        Assert.True(await folded.GetByText("A valid licence is held.").EvaluateAsync<bool>("words => words.checkVisibility()"));
        Assert.False(await page.Locator("#suspend-reason").EvaluateAsync<bool>("field => field.checkVisibility()"));
    }

    [Fact]
    public async Task Of_the_answers_of_a_self_assessment_the_chosen_ones_and_the_notes_stand_there()
    {
        pages.Service.Application("draft", "answer", ""","answers":[{"indicator":"A1-01","value":"partly","why":null,"note":"Renewal is under way."}]""");
        pages.ReaderRoles = [Roles.RecruiterUser];

        var page = await Print("/recruiters/assessment/A");

        Assert.True(await page.GetByText("Partly").IsVisibleAsync());
        Assert.False(await page.GetByText("Yes, we do this").IsVisibleAsync());
        Assert.True(await page.Locator("[name=note-A1-01]").IsVisibleAsync());
    }

    private async Task<IPage> Print(string address)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(pages.Client.BaseAddress!, address).ToString());
        await page.AddStyleTagAsync(new() { Path = Path.Combine(Repository.Root, "web", "wwwroot", "css", "site.css") });
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        return page;
    }
}

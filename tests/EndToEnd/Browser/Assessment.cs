using Microsoft.Playwright;

namespace Recruitment.EndToEnd.Tests.Browser;

/// <summary>Steps 3, 4 and 7: the recruiter, the audit body, the register and the report.</summary>
internal static class Assessment
{
    public const string RecruiterEmail = "aye@morning-kite.example";
    private const string AuditorName = "An auditor of Lotus Lane";

    public static async Task RecruiterApplies(IPage recruiter, string link)
    {
        await recruiter.Join(link, RecruiterEmail);
        await recruiter.SelectOptionAsync("#origin-0", "MMR");
        await recruiter.SelectOptionAsync("#destination-0", "THA");
        await recruiter.SelectOptionAsync("#sector-0", "C13");
        await recruiter.ClickAsync("text=More corridors and sectors");
        await recruiter.SelectOptionAsync("#sector-1", "C14");
        await recruiter.Press("Begin");
        await recruiter.Follow("Go on");
    }

    public static async Task RecruiterAnswersEachCriterionAndAttachesEvidence(IPage recruiter)
    {
        var principles = 0;
        for (; recruiter.Url.Contains("/assessment/", StringComparison.Ordinal); principles++)
        {
            foreach (var indicator in await recruiter.Locator("main fieldset").AllAsync()) await indicator.GetByLabel("Yes, we do this").CheckAsync();
            await recruiter.Press("Save and go on");
        }
        Assert.True(principles > 1, $"{principles} principles were asked");

        await recruiter.FillAsync("#description", "Operating licence");
        await recruiter.CheckAsync("input[name=redacted]");
        await recruiter.SetInputFilesAsync("#file", new FilePayload { Name = "licence.txt", MimeType = "text/plain", Buffer = "Licence 12 of 2026"u8.ToArray() });
        await recruiter.Press("Attach");
        await recruiter.Reads("Operating licence");
        await recruiter.Visit("/recruiters");
        await recruiter.Press("Send the application");
        await recruiter.Reads("Wait for the review");
    }

    public static async Task SchemeManagerFindsItEligible(IPage manager)
    {
        await manager.Visit("/auditors");
        await manager.Follow($"Review: {Chain.Recruiter}");
        await manager.Choose("Eligible");
        await manager.SelectOptionAsync("#body", await manager.Locator("#body option").Filter(new() { HasText = "Lotus Lane" }).GetAttributeAsync("value") ?? "");
        await manager.FillAsync("#reason", "Complete and within the scope.");
        await manager.Press("Save the review");
    }

    public static async Task AuditorDeclaresNoConflict(IPage auditor)
    {
        await auditor.Visit("/auditors");
        await auditor.Follow($"Declare: {Chain.Recruiter}");
        await auditor.Choose("None");
        await auditor.FillAsync("#statement", "No work, money or family ties in the last two years.");
        await auditor.FillAsync("#signedAs", AuditorName);
        await auditor.Press("Declare");
    }

    public static async Task SchemeManagerNamesTheAuditor(IPage manager)
    {
        await manager.ReloadAsync();
        await manager.Press($"Name {AuditorName}");
    }

    public static async Task AuditorRecordsFindings(IPage auditor)
    {
        await auditor.Visit("/auditors");
        await auditor.Follow($"Record findings: {Chain.Recruiter}");
        var criteria = await auditor.Locator("button[name=criterion]").CountAsync();
        Assert.True(criteria > 1, $"{criteria} criteria were asked");
        for (var i = 0; i < criteria; i++)
        {
            var finding = auditor.Locator("details:has(button[name=criterion])").Nth(i);
            if (await finding.GetAttributeAsync("open") is null) await finding.Locator("summary").ClickAsync();
            await finding.Locator("select[name^=grade-]").SelectOptionAsync(i == 0 ? "minor" : "conform");
            await finding.Locator("textarea").FillAsync("A sample of records of the last year was looked at and supports this.");
            await finding.Locator("select[name^=level-]").SelectOptionAsync("records");
            await finding.Locator("button").ClickAsync();
            await auditor.Reads("Saved.");
        }
        await auditor.FillAsync("#auditedOn", await auditor.Locator("#auditedOn").GetAttributeAsync("min") ?? "");
        await auditor.FillAsync("#interviews", "14");
        await auditor.FillAsync("#summary", "The agency works as it says; one kind of record was late.");
        await auditor.Press("Close the audit");
    }

    public static async Task DecisionMakerGrants(IPage decider)
    {
        await decider.Visit("/auditors");
        await decider.Follow($"Decide: {Chain.Recruiter}");
        await decider.Choose("Grant");
        await decider.FillAsync("#rationale", "The findings support the grant; the minor one has its date. The hotline 02-345-6789 is posted at the gate.");
        await decider.Press("Decide");
        await decider.Reads("“02-345-6789” may be a phone number");
        await decider.GetByLabel("Reason, if it stays").FillAsync("A public number, nobody's own.");
        await decider.Press("Decide");
        await decider.Reads("granted");
    }

    public static async Task StrangerFindsItInTheRegister(IPage stranger)
    {
        await stranger.LoadsUntil("/register?query=Morning", "Assessment granted");
        await stranger.Follow(Chain.Recruiter);
        await stranger.Reads("Myanmar to Thailand (MMR-THA)");
        await stranger.Reads("History");
        await stranger.Reads("No one may ask you to pay for a job");
        await stranger.Reads("not endorsed by IOM");
    }

    /// <returns>The file as it was downloaded.</returns>
    public static async Task<byte[]> AuditorIssuesTheReport(IPage auditor)
    {
        await auditor.Visit("/auditors");
        await auditor.Follow(Chain.Recruiter);
        await auditor.Follow("Issue report");
        foreach (var place in await auditor.Locator("input[value=remove]").AllAsync()) await place.CheckAsync();
        await auditor.Press("Issue the report");
        await auditor.Reaches("/auditors/reports\\?issued=", milliseconds: 90_000);
        var download = await auditor.RunAndWaitForDownloadAsync(() => auditor.Follow("Download R-"));
        var pdf = await File.ReadAllBytesAsync(await download.PathAsync());
        Assert.True(pdf.AsSpan().StartsWith("%PDF-"u8));
        return pdf;
    }

    public static async Task StrangerVerifies(IPage stranger, byte[] pdf)
    {
        await Verify(stranger, pdf);
        await stranger.Reads("Genuine and unaltered");
        await stranger.Reads(Chain.Recruiter);

        var changed = (byte[])pdf.Clone();
        changed[changed.Length / 2] ^= 1;
        await Verify(stranger, changed);
        await stranger.Reads("Altered: do not rely on this file");
        Assert.DoesNotContain("Genuine", await stranger.Words(), StringComparison.Ordinal);

        await Verify(stranger, "%PDF-1.7 of somebody else"u8.ToArray());
        await stranger.Reads("Unknown: we did not issue this file");
    }

    private static async Task Verify(IPage stranger, byte[] file)
    {
        await stranger.Visit("/verify");
        await stranger.SetInputFilesAsync("#file", new FilePayload { Name = "report.pdf", MimeType = "application/pdf", Buffer = file });
        await stranger.Press("Check this file");
    }
}

using System.Diagnostics;
using System.Text.Json;
using Recruitment.AllInOne.Demonstration;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Journey;

/// <summary>The steps from a worker's words to a report that a stranger can check.</summary>
internal sealed partial class MainJob
{
    private const int SmallestGroup = 10;

    /// <summary>Step 5: a worker files and keeps a code; a case handler reads and answers; the worker comes back and reads. Nothing else anywhere changes.</summary>
    public async Task WorkerFilesAndReadsTheAnswer()
    {
        var before = await Settled();
        using var form = new WorkerForm(running.Address);
        using var handler = await As(Roles.CaseHandler);
        var reader = await Reader(handler);
        var known = await reader.Cases(stop);

        var receipt = await form.File(new("my", Supplier, "documents", "They keep my passport.", SafeNow: false, Under18: false, HandlerWish: "woman", InterpreterWish: "either"), stop);
        Assert.Null(await form.Return("my", receipt, stop));

        var opened = await reader.Open(Assert.Single((await reader.Cases(stop)).Except(known)), stop);
        Assert.Equal(("They keep my passport.", site), (opened.Texts[0], opened.Told.GetProperty("about").GetProperty("id").GetGuid()));
        Assert.Equal(("woman", "either"), (opened.Told.GetProperty("handlerWish").GetString(), opened.Told.GetProperty("interpreterWish").GetString()));
        await reader.Reply(opened, "Thank you. Come back on Sunday; until then tell nobody.", stop);

        Assert.Equal("Thank you. Come back on Sunday; until then tell nobody.", await form.Return("my", receipt, stop));
        Assert.Equal(before, await EverythingVisible());
    }

    /// <summary>Step 6: ten separate cases, each through the form and confirmed, still change nothing. The release does: one line, for the brand alone.</summary>
    public async Task SignalsAreReleased()
    {
        var before = await EverythingVisible();
        using (var form = new WorkerForm(running.Address))
        using (var handler = await As(Roles.CaseHandler))
        {
            await new SeedCases(form, await Reader(handler)).FileAndConfirm([.. Enumerable.Range(1, SmallestGroup).Select(CaseAbout)], site, stop);
        }
        Assert.Equal(before, await EverythingVisible());

        await Release();
        await Wait.Until(async () => (await Estimate()).GetProperty("workerVoice").ValueKind == JsonValueKind.Object, "the release did not reach the brand");
        var voice = (await Estimate()).GetProperty("workerVoice");
        Assert.NotEqual(before, await EverythingVisible());
        Assert.Equal(["period", "points"], voice.EnumerateObject().Select(m => m.Name));
        Assert.True(voice.GetProperty("points").GetInt32() > 0);
        Assert.Equal(JsonValueKind.Null, (await (await AsSupplier()).Get($"api/v1/risk/sites/{site}", stop)).GetProperty("workerVoice").ValueKind);
    }

    /// <summary>Step 7: the auditor issues the report as PDF; a stranger hears that it is genuine, and that it is not with one byte changed.</summary>
    public async Task AuditorIssuesAReport()
    {
        using var auditor = await As(Roles.Auditor);
        var asked = new { auditId = audit, languages = new[] { "en", "th", "my" } };
        var hits = (await auditor.Post("api/v1/reports/drafts", asked, stop)).GetProperty("unresolved").EnumerateArray()
            .Select(h => new { hit = h.GetString(), action = "keep", reason = "It points to nobody." });
        var issued = await auditor.Post("api/v1/reports", new { asked.auditId, asked.languages, resolutions = hits }, stop);
        var pdf = await auditor.GetByteArrayAsync($"api/v1/reports/{issued.GetProperty("id").GetGuid()}/pdf", stop);

        var file = Path.Combine(running.DataFolder, "journey-report.pdf");
        await File.WriteAllBytesAsync(file, pdf, stop);
        Assert.Contains("Signature is Valid", await Tool("pdfsig", "-nocert", file), StringComparison.Ordinal);
        var text = Packed(await Tool("pdftotext", file, "-"));
        Assert.Contains(Packed(Recruiter), text, StringComparison.Ordinal);
        foreach (var language in new[] { "th", "my" }) Assert.Contains(Packed(Statement(language)), text, StringComparison.Ordinal);

        Assert.Equal("genuine", await Verified(pdf));
        var changed = pdf.ToArray();
        changed[pdf.Length / 2] ^= 1;
        Assert.Equal("altered", await Verified(changed));
    }

    /// <summary>Moves the demonstration clock to the next release and waits until that release is over.</summary>
    public async Task Release()
    {
        using var administrator = await As(Roles.Administrator);
        var next = await administrator.Get("api/v1/grievances/releases/next", stop);
        await administrator.Post("api/v1/identity/demonstration/clock", new { to = next.GetProperty("dueOn").GetString() }, stop);
        await Wait.Until(async () => (await administrator.Get("api/v1/grievances/releases/next", stop)).GetProperty("period").GetString() != next.GetProperty("period").GetString(),
            "the release did not happen");
    }

    private static Telling CaseAbout(int number) =>
        new("en", Supplier, "wages", $"My pay of month {number} did not come.", SafeNow: true, Under18: false, MayCount: true);

    private async Task<CaseReader> Reader(HttpClient handler)
    {
        var reader = await CaseReader.Enter(handler, "a passphrase of the tests", stop);
        using var administrator = await As(Roles.Administrator);
        await administrator.Put($"api/v1/grievances/readers/{reader.Id}/intake", new { intake = true }, stop);
        return reader;
    }

    /// <summary>All that anybody but the worker and her readers can read about the site, the supplier and the recruiter, byte for byte.</summary>
    private async Task<string> EverythingVisible()
    {
        var seen = new List<string>();
        await See(await As(Roles.BrandAnalyst), "risk/sites", "risk/sites?topic=documents", $"risk/sites/{site}", $"risk/sites/{site}/inputs",
            "suppliers/relations", $"suppliers/parties/{SupplierParty}", $"suppliers/sites/{site}", "suppliers/imports");
        await See(await AsSupplier(), "suppliers/mine", "risk/sites", $"risk/sites/{site}", $"risk/sites/{site}/inputs");
        await See(await As(Roles.RecruiterUser), "accreditation/applications", $"accreditation/applications/{application}", "reports");
        await See(await As(Roles.Auditor), "accreditation/applications", $"accreditation/applications/{application}", "reports");
        await See(await As(Roles.SchemeManager), "accreditation/applications", $"accreditation/applications/{application}");
        await See(await As(Roles.Administrator), "grievances/releases/next");
        await See(running.Client(), "register/recruiters", $"register/recruiters/{RecruiterParty}");
        return string.Join('\n', seen);

        async Task See(HttpClient who, params string[] paths)
        {
            foreach (var path in paths) seen.Add($"{path}: {await who.GetStringAsync($"api/v1/{path}", stop)}");
        }
    }

    /// <summary>What is visible once the last events of the steps before have arrived everywhere: two looks a second apart are equal.</summary>
    private async Task<string> Settled()
    {
        var looks = new List<string> { await EverythingVisible() };
        while (looks.Count < 20)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
            looks.Add(await EverythingVisible());
            if (looks[^1] == looks[^2]) return looks[^1];
        }
        throw new TimeoutException($"What is visible did not settle: {string.Join('\n', looks[^1].Split('\n').Except(looks[^2].Split('\n')))}");
    }

    private async Task<string> Verified(byte[] pdf)
    {
        using var stranger = running.Client();
        using var body = new ByteArrayContent(pdf);
        body.Headers.ContentType = new("application/pdf");
        using var answer = await stranger.PostAsync("api/v1/reports/verifications", body, stop);
        return (await answer.Read(stop)).GetProperty("answer").GetString()!;
    }

    private static string Statement(string language) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "services", "Reports", "Texts", $"{language}.json")))
        .RootElement.GetProperty("statement").GetString()!;

    private static string Packed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('\u200B' or '\f')));

    private static async Task<string> Tool(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }
}

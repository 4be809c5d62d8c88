using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Browser;

/// <summary>The seven steps of the main job, each person in a browser of her own.</summary>
internal static class SevenSteps
{
    /// <returns>The address of the worker's case, as its handler opens it.</returns>
    public static async Task<string> Walk(Running running, Chromium chromium)
    {
        var brand = await chromium.Person();
        await brand.SignIn(running, "anna@marisol-pine.example");
        await Chain.BrandUploadsItsList(brand);
        var invitation = await Chain.BrandInvites(brand);
        var before = await Chain.BrandReadsTheEstimate(brand, "No change yet.");

        var supplier = await chromium.Person();
        await Chain.SupplierJoins(supplier, invitation);
        await Chain.SupplierAnswers(supplier);
        invitation = await Chain.SupplierDeclaresItsRecruiter(supplier);
        var answered = await Chain.BrandReadsTheEstimate(brand, "The supplier's answers");
        Assert.NotEqual(before, answered);

        await Assess(running, chromium, invitation);
        var granted = await Chain.BrandReadsTheEstimate(brand, "A recruiter's accreditation");
        Assert.NotEqual(answered, granted);
        await Chain.SupplierReadsItsEstimate(supplier);

        var opened = await Hear(running, chromium);
        Assert.Equal(granted, await Chain.BrandReadsTheEstimate(brand, "A recruiter's accreditation"));

        var auditor = await chromium.Person();
        await auditor.SignIn(running, "malee@lotus-lane.example");
        await Assessment.StrangerVerifies(await Stranger(running, chromium), await Assessment.AuditorIssuesTheReport(auditor));
        return opened;
    }

    private static async Task Assess(Running running, Chromium chromium, string invitation)
    {
        var (recruiter, manager, auditor, decider) = (await chromium.Person(), await chromium.Person(), await chromium.Person(), await chromium.Person());
        await Assessment.RecruiterApplies(recruiter, invitation);
        await Assessment.RecruiterAnswersEachCriterionAndAttachesEvidence(recruiter);
        await manager.SignIn(running, "lien@open-hand.example");
        await Assessment.SchemeManagerFindsItEligible(manager);
        await auditor.SignIn(running, "malee@lotus-lane.example");
        await Assessment.AuditorDeclaresNoConflict(auditor);
        await Assessment.SchemeManagerNamesTheAuditor(manager);
        await Assessment.AuditorRecordsFindings(auditor);
        await decider.SignIn(running, "dara@lotus-lane.example");
        await Assessment.DecisionMakerGrants(decider);
        await Assessment.StrangerFindsItInTheRegister(await Stranger(running, chromium));
    }

    private static async Task<string> Hear(Running running, Chromium chromium)
    {
        var (administrator, second, handler, worker) = (await chromium.Person(), await chromium.Person(), await chromium.Person(), await chromium.Phone());
        await administrator.SignIn(running, "admin@open-hand.example");
        await Voice.SomebodyReads(administrator, second, handler);
        var code = await Voice.WorkerFiles(worker, running);
        var opened = await Voice.HandlerAnswers(handler);
        await Voice.WorkerReadsTheAnswer(await chromium.Phone(), running, code);
        return opened;
    }

    private static async Task<Microsoft.Playwright.IPage> Stranger(Running running, Chromium chromium)
    {
        var stranger = await chromium.Person();
        await stranger.GotoAsync(running.Address.ToString());
        return stranger;
    }
}

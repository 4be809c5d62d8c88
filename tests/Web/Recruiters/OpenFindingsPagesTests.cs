using Recruitment.Platform;

namespace Recruitment.Web.Tests.Recruiters;

/// <summary>Before the decision each of the three reads what it waits for, and nobody is sent to something that is not there.</summary>
public sealed class OpenFindingsPagesTests : IAsyncLifetime
{
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task The_recruiter_reads_which_findings_are_open_and_that_proof_goes_to_the_auditor_outside_these_pages()
    {
        Found("major");

        var page = await pages.Client.GetStringAsync("/recruiters");

        Assert.Contains("Put findings right", page, StringComparison.Ordinal);
        Assert.Contains("findings on A1 stand against a grant. Put them right and show the auditor of Lotus Lane Assurance the proof, outside these pages", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conform")]
    [InlineData("minor")]
    [InlineData("not_verified")]
    public async Task A_recruiter_without_a_finding_to_put_right_waits(string grade)
    {
        Found(grade);

        var page = await pages.Client.GetStringAsync("/recruiters");

        Assert.Contains("Wait for the decision", page, StringComparison.Ordinal);
        Assert.DoesNotContain("stand against a grant", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("major", "A grant is not possible now: open major or critical findings on A1.", "not verified are")]
    [InlineData("critical", "A grant is not possible now: open major or critical findings on A1.", "not verified are")]
    [InlineData("not_verified", "not verified are A1. Send it back", "open major or critical")]
    public async Task The_decision_maker_reads_what_a_grant_waits_for(string grade, string told, string untold)
    {
        Found(grade);
        pages.ReaderRoles = [Roles.DecisionMaker];

        var page = await pages.Client.GetStringAsync($"/auditors/decision/{Answering.Id}");

        Assert.Contains(told, page, StringComparison.Ordinal);
        Assert.DoesNotContain(untold, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_auditor_has_them_as_a_task_and_a_field_for_the_proof()
    {
        Found("major");
        pages.ReaderRoles = [Roles.Auditor];

        Assert.Contains("Open findings stand against a grant: Saffron Bridge", await pages.Client.GetStringAsync("/auditors"), StringComparison.Ordinal);
        Assert.Contains("name=\"proof-A1\"", await pages.Client.GetStringAsync($"/auditors/audit/{Answering.Id}"), StringComparison.Ordinal);
    }

    private void Found(string grade) => pages.Service.Application("ready_for_decision", "close_findings",
        $$""","auditBodyName":"Lotus Lane Assurance","findings":[{"criterion":"A1","grade":"{{grade}}","text":"Fees were taken.","evidenceLevel":"records","status":"{{(grade is "minor" or "major" or "critical" ? "open" : "closed")}}","closedWith":null}]""");
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>Findings that stand against a grant are somebody's task from the day the audit is closed.</summary>
public sealed class OpenFindingsTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    [Theory]
    [InlineData("major", "close_findings")]
    [InlineData("critical", "close_findings")]
    [InlineData("minor", "none")]
    [InlineData("not_verified", "none")]
    [InlineData("conform", "none")]
    public async Task Before_the_decision_the_auditor_has_as_task_what_stands_against_a_grant_and_can_be_put_right(string grade, string task)
    {
        var (_, id, _) = await app.Audited(grade);

        Assert.Equal(task, await TaskOf(id));
    }

    [Fact]
    public async Task With_proof_recorded_the_task_is_done_and_the_grant_is_possible()
    {
        var (_, id, audit) = await app.Audited("critical");
        (await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/findings/1/closure", new { proof = "Repaid, bank records seen." })).EnsureSuccessStatusCode();

        Assert.Equal("none", await TaskOf(id));
        (await AccreditationApp.Decision(app.Decider(), id)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_minor_finding_is_a_task_after_the_grant()
    {
        var (_, id, _) = await app.Audited("minor");
        (await AccreditationApp.Decision(app.Decider(), id)).EnsureSuccessStatusCode();

        Assert.Equal("close_findings", await TaskOf(id));
    }

    private async Task<string> TaskOf(Guid id) =>
        (await app.Auditor().GetFromJsonAsync<JsonObject>($"{Root}/applications"))!["items"]!.AsArray().Single(i => i!["id"]!.GetValue<Guid>() == id)!["myTask"]!.GetValue<string>();
}

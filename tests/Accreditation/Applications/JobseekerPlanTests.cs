using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recruitment.Contracts.Accreditation;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>What a suspension says about jobseekers in process is read by whoever has to carry it out or to see to it, and by nobody else.</summary>
public sealed class JobseekerPlanTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;
    private const string Money = "The employer pays back every fee.";

    private static readonly object Plan = new { money = Money, papers = "Given back.", contracts = "Honoured.", travel = "Paid." };

    [Theory]
    [InlineData(null)]
    [InlineData("restore")]
    [InlineData("withdraw")]
    public async Task The_recruiter_the_audit_body_and_the_scheme_manager_read_the_plan_while_suspended_and_afterwards(string? then)
    {
        var (recruiter, id) = await Suspended(then);

        foreach (var reader in (HttpClient[])[app.Recruiter(recruiter), app.Decider(), app.SchemeManager(), app.Auditor()])
        {
            var plan = (await reader.GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!["jobseekerPlan"]!;
            Assert.Equal((Money, "Given back.", "Honoured.", "Paid."), (Of("money"), Of("papers"), Of("contracts"), Of("travel")));

            string Of(string part) => plan[part]!.GetValue<string>();
        }
    }

    [Fact]
    public async Task The_recruiter_reads_it_on_after_it_has_applied_anew()
    {
        var (recruiter, id) = await Suspended("withdraw");
        (await app.Recruiter(recruiter).PostAsJsonAsync($"{Root}/applications", new { corridors = new[] { "MMR-THA" }, sectors = new[] { "C10" } })).EnsureSuccessStatusCode();

        Assert.Contains(id, (await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications"))!["items"]!.AsArray().Select(i => i!["id"]!.GetValue<Guid>()));
        Assert.Equal(Money, (await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!["jobseekerPlan"]!["money"]!.GetValue<string>());
    }

    [Fact]
    public async Task Nobody_else_reads_the_plan()
    {
        var (_, id) = await Suspended("restore");

        Assert.DoesNotContain(Money, await app.Decider(subject: "auditor-1").GetStringAsync($"{Root}/applications/{id}"), StringComparison.Ordinal);
        foreach (var other in (HttpClient[])[app.Recruiter(Guid.CreateVersion7()), app.Decider(app.OtherAuditBody), app.Auditor(subject: "auditor-2")])
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Root}/applications/{id}")).StatusCode);
        var published = (await app.Host.Published<AccreditationChanged, AccreditationDb>()).Where(e => e.AccreditationId == id).ToList();
        Assert.Equal(3, published.Count);
        Assert.DoesNotContain(Money, JsonSerializer.Serialize(published), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_that_was_never_suspended_has_no_plan()
    {
        var (recruiter, id, _) = await app.Granted();

        Assert.Null((await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!["jobseekerPlan"]);
    }

    private async Task<(Guid Recruiter, Guid Id)> Suspended(string? then)
    {
        var (recruiter, id, _) = await app.Granted();
        await Do(new { action = "suspend", reasonCode = "audit_refused", jobseekerPlan = Plan });
        if (then is not null) await Do(new { action = then, reasonCode = then == "withdraw" ? "at_own_request" : null, rationale = "The audit was let in after all." });
        return (recruiter, id);

        async Task Do(object body) => (await app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", body)).EnsureSuccessStatusCode();
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Recruitment.Contracts.Accreditation;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>From draft to a public status and after, over HTTP.</summary>
public sealed class PathTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    [Fact]
    public async Task A_grant_by_somebody_else_is_published_with_its_history_and_no_word_of_a_finding()
    {
        var (recruiter, id, _) = await app.Granted();

        var published = (await app.Host.Published<AccreditationChanged, AccreditationDb>()).Single(e => e.AccreditationId == id);
        Assert.Equal(("granted", recruiter, "Saffron Bridge Recruitment"), (published.Status, published.RecruiterPartyId, published.RecruiterName));
        Assert.Equal(published.ValidFrom!.Value.AddMonths(36), published.ValidTo);
        Assert.Equal("granted", Assert.Single(published.History).Status);
        Assert.DoesNotContain("Secret", System.Text.Json.JsonSerializer.Serialize(published), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_grades_of_the_audit_are_published_with_the_grant()
    {
        var (_, id, audit) = await app.Audited("minor");
        (await AccreditationApp.Decision(app.Decider(), id)).EnsureSuccessStatusCode();

        var findings = (await app.Host.Published<AuditFindingsChanged, AccreditationDb>()).Single(e => e.AuditId == audit);
        Assert.Equal(("fees_and_debt", "minor", "open"), findings.Findings.Where(f => f.Criterion == "1").Select(f => (f.Topic, f.Grade, f.Status)).Single());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("returned")]
    [InlineData("refused")]
    public async Task Nothing_is_published_of_an_audit_that_ends_in_no_grant(string? outcome)
    {
        var (_, id, audit) = await app.Audited("major");
        (await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/findings/1/closure", new { proof = "Repaid, bank records seen." })).EnsureSuccessStatusCode();
        if (outcome is not null) (await AccreditationApp.Decision(app.Decider(), id, outcome)).EnsureSuccessStatusCode();
        (await app.Host.Client(Platform.Roles.Administrator, Guid.CreateVersion7(), Platform.PartyKinds.Operator).PostAsync($"{Root}/republish", null)).EnsureSuccessStatusCode();

        Assert.DoesNotContain(await app.Host.Published<AccreditationChanged, AccreditationDb>(), e => e.AccreditationId == id);
        Assert.DoesNotContain(await app.Host.Published<AuditFindingsChanged, AccreditationDb>(), e => e.AuditId == audit);
    }

    [Fact]
    public async Task A_finding_put_right_after_the_grant_is_published_as_closed()
    {
        var (_, id, audit) = await app.Audited("minor");
        (await AccreditationApp.Decision(app.Decider(), id)).EnsureSuccessStatusCode();
        (await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/findings/1/closure", new { proof = "Repaid, bank records seen." })).EnsureSuccessStatusCode();

        var last = (await app.Host.Published<AuditFindingsChanged, AccreditationDb>()).Where(e => e.AuditId == audit).MaxBy(e => e.Sequence)!;
        Assert.Equal("closed", last.Findings.Single(f => f.Criterion == "1").Status);
    }

    [Fact]
    public async Task Submission_is_refused_with_the_list_of_what_is_missing()
    {
        var (recruiter, id) = await app.Begun();

        var answer = await app.Recruiter(recruiter).PostAsync($"{Root}/applications/{id}/submit", null);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var missing = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["missing"]!.AsArray();
        Assert.Contains(missing, m => m!["kind"]!.GetValue<string>() == "evidence" && m["indicator"]!.GetValue<string>() == "A1-01");
        Assert.Equal(AccreditationApp.Scheme.Indicators.Count(), missing.Count(m => m!["kind"]!.GetValue<string>() == "answer"));
    }

    [Fact]
    public async Task Not_applicable_needs_a_why()
    {
        var (recruiter, id) = await app.Answered();
        await app.Recruiter(recruiter).PutAsJsonAsync($"{Root}/applications/{id}/answers", new { answers = new[] { new { indicator = "2-08", value = "not_applicable" } } });

        var application = await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}");

        Assert.Contains(application!["missing"]!.AsArray(), m => m!["kind"]!.GetValue<string>() == "why" && m["indicator"]!.GetValue<string>() == "2-08");
    }

    [Fact]
    public async Task The_auditor_cannot_decide_even_with_both_roles()
    {
        var (_, id, _) = await app.Audited();

        var answer = await AccreditationApp.Decision(app.Decider(subject: "auditor-1"), id);

        Assert.Equal("urn:recruitment:auditor-decides", await AccreditationApp.Problem(answer));
    }

    [Theory]
    [InlineData("major")]
    [InlineData("critical")]
    [InlineData("not_verified")]
    public async Task A_grant_is_blocked_by(string grade)
    {
        var (_, id, _) = await app.Audited(grade);

        var answer = await AccreditationApp.Decision(app.Decider(), id);

        Assert.Equal("urn:recruitment:findings-block", await AccreditationApp.Problem(answer));
    }

    [Fact]
    public async Task A_corrected_finding_no_longer_blocks()
    {
        var (_, id, audit) = await app.Audited("major");
        (await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/findings/1/closure", new { proof = "Repaid, bank records seen." })).EnsureSuccessStatusCode();

        var answer = await AccreditationApp.Decision(app.Decider(), id);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Suspension_needs_a_plan_for_jobseekers_and_is_published_with_a_reason_code()
    {
        var (_, id, _) = await app.Granted();
        var without = await app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", new { action = "suspend", reasonCode = "audit_refused" });
        Assert.Equal("urn:recruitment:jobseeker-plan-missing", await AccreditationApp.Problem(without));

        var plan = new { money = "Returned by the employer.", papers = "Given back.", contracts = "Honoured.", travel = "Paid." };
        (await app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", new { action = "suspend", reasonCode = "audit_refused", jobseekerPlan = plan })).EnsureSuccessStatusCode();
        (await app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", new { action = "restore", rationale = "The audit was let in after all." })).EnsureSuccessStatusCode();
        (await app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", new { action = "withdraw", reasonCode = "at_own_request", rationale = "Closes at the end of the month." })).EnsureSuccessStatusCode();

        var last = (await app.Host.Published<AccreditationChanged, AccreditationDb>()).Where(e => e.AccreditationId == id).MaxBy(e => e.Sequence)!;
        Assert.Equal(["granted", "suspended", "granted", "withdrawn"], last.History.Select(h => h.Status));
        Assert.Equal(("withdrawn", "at_own_request"), (last.Status, last.StatusReason));
    }

    [Fact]
    public async Task A_status_is_withdrawn_for_a_written_reason_that_the_recruiter_reads_and_nobody_publishes()
    {
        var (recruiter, id, _) = await app.Granted();
        var bare = await app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", new { action = "withdraw", reasonCode = "deception" });
        Assert.Equal("urn:recruitment:rationale-missing", await AccreditationApp.Problem(bare));

        (await app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", new { action = "withdraw", reasonCode = "deception", rationale = "The licence shown was another company's." })).EnsureSuccessStatusCode();

        var read = await app.Recruiter(recruiter).GetFromJsonAsync<System.Text.Json.JsonElement>($"{Root}/applications/{id}");
        var last = read.GetProperty("history").EnumerateArray().Last();
        Assert.Equal(("deception", "The licence shown was another company's."), (last.GetProperty("reason").GetString(), last.GetProperty("rationale").GetString()));
        var managed = await app.SchemeManager().GetStringAsync($"{Root}/applications/{id}");
        Assert.DoesNotContain("another company", managed, StringComparison.Ordinal);
        var published = (await app.Host.Published<AccreditationChanged, AccreditationDb>()).Where(e => e.AccreditationId == id).MaxBy(e => e.Sequence)!;
        Assert.DoesNotContain("another company", System.Text.Json.JsonSerializer.Serialize(published), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_in_conflict_cannot_be_named()
    {
        var (_, id) = await app.Eligible();
        await app.Auditor().PostAsJsonAsync($"{Root}/applications/{id}/conflict-declarations", new { hasConflict = true, statement = "I trained them.", signedAs = "Auditor One" });

        var answer = await app.SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/auditor", new { auditorSubject = "auditor-1" });

        Assert.Equal("urn:recruitment:auditor-in-conflict", await AccreditationApp.Problem(answer));
    }

    [Fact]
    public async Task One_application_at_a_time()
    {
        var (recruiter, _) = await app.Begun();

        var again = await app.Recruiter(recruiter).PostAsJsonAsync($"{Root}/applications", new { corridors = new[] { "KHM-THA" }, sectors = new[] { "C10" } });

        Assert.Equal("urn:recruitment:application-under-way", await AccreditationApp.Problem(again));
    }

    [Fact]
    public async Task Of_many_begun_at_the_same_moment_one_is_made_and_the_others_are_told()
    {
        var client = app.Recruiter(Guid.CreateVersion7());

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => client.PostAsJsonAsync($"{Root}/applications", new { corridors = new[] { "KHM-THA" }, sectors = new[] { $"C{i}" } })));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        foreach (var other in answers.Where(a => a.StatusCode != HttpStatusCode.Created)) Assert.Equal("urn:recruitment:application-under-way", await AccreditationApp.Problem(other));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"corridors":[],"sectors":["C10"]}""")]
    [InlineData("""{"corridors":["Burma"],"sectors":["C10"]}""")]
    public async Task A_bad_body_gets_a_problem(string body)
    {
        var client = app.Recruiter(Guid.CreateVersion7());

        var answer = await client.PostAsync($"{Root}/applications", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}

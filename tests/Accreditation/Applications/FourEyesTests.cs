using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>Nobody decides on his own work or on his own house, whatever he is now.</summary>
public sealed class FourEyesTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    [Theory]
    [InlineData("granted")]
    [InlineData("refused")]
    [InlineData("returned")]
    public async Task Whoever_audited_takes_no_decision_after_becoming_decision_maker(string outcome)
    {
        var (_, id, _) = await app.Audited();

        Assert.Equal("urn:recruitment:auditor-decides", await AccreditationApp.Problem(await AccreditationApp.Decision(app.Decider(subject: "auditor-1"), id, outcome)));
    }

    [Fact]
    public async Task Whoever_audited_changes_no_status_later()
    {
        var (_, id, _) = await app.Granted();

        var answer = await app.Decider(subject: "auditor-1").PostAsJsonAsync($"{Root}/applications/{id}/status", new { action = "withdraw", reasonCode = "at_own_request" });

        Assert.Equal("urn:recruitment:auditor-decides", await AccreditationApp.Problem(answer));
    }

    [Fact]
    public async Task An_auditor_replaced_by_another_still_does_not_decide()
    {
        var (_, id, audit) = await app.Audited();
        (await AccreditationApp.Decision(app.Decider(), id, "returned")).EnsureSuccessStatusCode();
        (await app.Close(audit)).EnsureSuccessStatusCode();

        Assert.Equal("urn:recruitment:auditor-decides", await AccreditationApp.Problem(await AccreditationApp.Decision(app.Decider(subject: "auditor-1"), id)));
        Assert.Equal(HttpStatusCode.NoContent, (await AccreditationApp.Decision(app.Decider(), id)).StatusCode);
    }

    [Fact]
    public async Task Whoever_wrote_for_the_recruiter_does_not_decide_from_an_audit_body()
    {
        var (recruiter, id, _) = await app.Audited();

        var answer = await AccreditationApp.Decision(app.Decider(subject: $"{Roles.RecruiterUser}:{recruiter}"), id);

        Assert.Equal("urn:recruitment:wrote-for-recruiter", await AccreditationApp.Problem(answer));
    }

    [Fact]
    public async Task A_colleague_who_only_answered_neither_audits_nor_decides()
    {
        var (recruiter, id) = await app.Answered();
        var colleague = app.Host.Client(Roles.RecruiterUser, recruiter, PartyKinds.Recruiter, "colleague");
        (await colleague.PutAsJsonAsync($"{Root}/applications/{id}/answers", new { answers = new[] { new { indicator = "2-08", value = "conform" } } })).EnsureSuccessStatusCode();
        (await AccreditationApp.Attach(app.Recruiter(recruiter), id, AccreditationApp.Licence)).EnsureSuccessStatusCode();
        (await app.Recruiter(recruiter).PostAsync($"{Root}/applications/{id}/submit", null)).EnsureSuccessStatusCode();
        (await app.SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/review", new { outcome = "eligible", reason = "Complete.", auditBodyPartyId = app.AuditBody })).EnsureSuccessStatusCode();

        var answer = await app.Auditor(subject: "colleague").PostAsJsonAsync(
            $"{Root}/applications/{id}/conflict-declarations", new { hasConflict = false, statement = "No tie.", signedAs = "Colleague" });
        var offered = (await app.Auditor(subject: "colleague").GetFromJsonAsync<JsonObject>($"{Root}/applications"))!["items"]!.AsArray().Select(l => l!["myTask"]!.GetValue<string>());

        Assert.Equal("urn:recruitment:wrote-for-recruiter", await AccreditationApp.Problem(answer));
        Assert.DoesNotContain("declare_conflict", offered);
    }

    [Fact]
    public async Task Whoever_declared_a_conflict_does_not_decide()
    {
        var (_, id) = await app.Eligible();
        (await app.Auditor(subject: "tied").PostAsJsonAsync($"{Root}/applications/{id}/conflict-declarations", new { hasConflict = true, statement = "A cousin.", signedAs = "Tied" })).EnsureSuccessStatusCode();
        await app.AuditedFrom(id);

        Assert.Equal("urn:recruitment:decider-in-conflict", await AccreditationApp.Problem(await AccreditationApp.Decision(app.Decider(subject: "tied"), id)));
    }

    [Fact]
    public async Task An_audit_body_of_the_recruiters_group_is_not_asked()
    {
        var (recruiter, id) = await app.Submitted();
        var (holding, body) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Owned(body, PartyKinds.AuditBody, "Paper Boat Assurance", holding);
        await Owned(recruiter, PartyKinds.Recruiter, "Saffron Bridge Recruitment", holding);

        var answer = await app.SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/review", new { outcome = "eligible", reason = "Complete.", auditBodyPartyId = body });

        Assert.Equal("urn:recruitment:audit-body-of-the-group", await AccreditationApp.Problem(answer));
    }

    [Fact]
    public async Task An_audit_body_bought_by_the_recruiter_during_the_audit_does_not_decide()
    {
        var (recruiter, id, _) = await app.Audited();
        await Owned(recruiter, PartyKinds.Recruiter, "Saffron Bridge Recruitment", app.AuditBody);

        Assert.Equal("urn:recruitment:audit-body-of-the-group", await AccreditationApp.Problem(await AccreditationApp.Decision(app.Decider(), id)));
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("withdraw")]
    public async Task An_audit_body_bought_by_the_recruiter_changes_no_status(string action)
    {
        var (recruiter, id, _) = await app.Granted();
        var plan = new { money = "Returned.", papers = "Given back.", contracts = "Honoured.", travel = "Paid." };
        (await app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", new { action = "suspend", reasonCode = "audit_refused", jobseekerPlan = plan })).EnsureSuccessStatusCode();
        await Owned(recruiter, PartyKinds.Recruiter, "Saffron Bridge Recruitment", app.AuditBody);

        var answer = await app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", new { action, reasonCode = action == "withdraw" ? "at_own_request" : null });

        Assert.Equal("urn:recruitment:audit-body-of-the-group", await AccreditationApp.Problem(answer));
    }

    [Fact]
    public async Task An_audit_body_bought_by_the_recruiter_records_no_finding_and_closes_no_audit()
    {
        var (recruiter, _, audit) = await app.Assigned();
        foreach (var criterion in AccreditationApp.Scheme.Criteria) (await app.Find(audit, criterion.Code, "conform")).EnsureSuccessStatusCode();
        await Owned(recruiter, PartyKinds.Recruiter, "Saffron Bridge Recruitment", app.AuditBody);

        Assert.Equal("urn:recruitment:audit-body-of-the-group", await AccreditationApp.Problem(await app.Find(audit, "1", "major")));
        Assert.Equal("urn:recruitment:audit-body-of-the-group", await AccreditationApp.Problem(await app.Close(audit)));
    }

    [Fact]
    public async Task An_audit_body_bought_by_the_recruiter_does_not_say_that_a_finding_is_put_right()
    {
        var (recruiter, _, audit) = await app.Audited("major");
        await Owned(recruiter, PartyKinds.Recruiter, "Saffron Bridge Recruitment", app.AuditBody);

        var answer = await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/findings/1/closure", new { proof = "We believe so." });

        Assert.Equal("urn:recruitment:audit-body-of-the-group", await AccreditationApp.Problem(answer));
    }

    [Fact]
    public async Task A_field_left_empty_is_asked_for_in_words_that_name_it()
    {
        var (_, _, audit) = await app.Assigned();

        var answer = await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/close", new { auditedOn = app.Today, summary = "" });

        var said = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Summary: sum the audit up", said, StringComparison.Ordinal);
        Assert.DoesNotContain("field is required", said, StringComparison.Ordinal);
    }

    private Task Owned(Guid party, string kind, string name, Guid owner) => app.Host.Deliver(new PartyChanged
    {
        PartyId = party, Epoch = 1, Sequence = 2, Kind = kind, Name = name, Country = "THA", Status = "active", OwnerPartyId = owner,
    });
}

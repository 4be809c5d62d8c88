using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>What a caller may not see is not there.</summary>
public sealed class BorderTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    [Fact]
    public async Task A_recruiter_cannot_reach_another_recruiters_application()
    {
        var (_, id) = await app.Begun();
        var stranger = app.Recruiter(Guid.CreateVersion7());

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"{Root}/applications/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"{Root}/applications/{id}/submit", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AccreditationApp.Attach(stranger, id, [1])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PutAsJsonAsync($"{Root}/applications/{id}/answers", new { answers = new[] { new { indicator = "1-01", value = "conform" } } })).StatusCode);
        Assert.DoesNotContain(id.ToString(), await stranger.GetStringAsync($"{Root}/applications"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheme_manager_does_not_see_drafts()
    {
        var (_, id) = await app.Begun();

        Assert.Equal(HttpStatusCode.NotFound, (await app.SchemeManager().GetAsync($"{Root}/applications/{id}")).StatusCode);
    }

    [Fact]
    public async Task An_auditor_who_is_only_asked_sees_neither_answers_nor_evidence()
    {
        var (_, id) = await app.Eligible();

        var seen = await app.Auditor(subject: "auditor-2").GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}");

        Assert.Equal("Saffron Bridge Recruitment", seen!["recruiterName"]!.GetValue<string>());
        Assert.Empty(seen["answers"]!.AsArray());
        Assert.Empty(seen["evidence"]!.AsArray());
    }

    [Fact]
    public async Task An_auditor_not_on_the_team_reaches_nothing_of_an_audit()
    {
        var (_, id, audit) = await app.Assigned();
        var other = app.Auditor(subject: "auditor-2");

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Root}/applications/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Find(audit, "1", "conform", other)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Root}/audits/{audit}/facts")).StatusCode);
    }

    [Fact]
    public async Task The_same_subject_at_another_audit_body_is_somebody_else()
    {
        var (_, _, audit) = await app.Assigned();

        Assert.Equal(HttpStatusCode.NotFound, (await app.Find(audit, "1", "conform", app.Auditor(app.OtherAuditBody))).StatusCode);
    }

    [Fact]
    public async Task A_decision_maker_of_another_body_cannot_decide()
    {
        var (_, id, audit) = await app.Audited();
        var other = app.Decider(app.OtherAuditBody);

        Assert.Equal(HttpStatusCode.NotFound, (await AccreditationApp.Decision(other, id)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Root}/audits/{audit}/facts")).StatusCode);
    }

    [Fact]
    public async Task The_recruiter_reads_findings_only_when_the_audit_is_closed()
    {
        var (recruiter, id, audit) = await app.Assigned();
        await app.Find(audit, "1", "minor");

        var open = await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}");

        Assert.Empty(open!["findings"]!.AsArray());
    }

    [Theory]
    [InlineData(Roles.BrandAnalyst, PartyKinds.Brand)]
    [InlineData(Roles.SupplierUser, PartyKinds.Supplier)]
    [InlineData(Roles.CaseHandler, PartyKinds.Operator)]
    [InlineData(Roles.Administrator, PartyKinds.Operator)]
    [InlineData(Roles.Service, "")]
    public async Task Other_roles_are_refused(string role, string kind)
    {
        var (recruiter, id) = await app.Begun();

        var answer = await app.Host.Client(role, recruiter, kind).GetAsync($"{Root}/applications/{id}");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_recruiter_role_in_an_organisation_of_another_kind_sees_nothing()
    {
        var (recruiter, id) = await app.Begun();

        Assert.Equal(HttpStatusCode.NotFound, (await app.Host.Client(Roles.RecruiterUser, recruiter, PartyKinds.Brand).GetAsync($"{Root}/applications/{id}")).StatusCode);
    }

    [Fact]
    public async Task Strangers_are_asked_to_sign_in_and_unknown_ids_are_not_found()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Host.Anonymous().GetAsync($"{Root}/scheme")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.SchemeManager().GetAsync($"{Root}/applications/{Guid.CreateVersion7()}")).StatusCode);
    }

    [Fact]
    public async Task Facts_are_given_to_the_auditor_and_the_decision_maker_of_a_closed_audit()
    {
        var (_, _, open) = await app.Assigned();
        Assert.Equal("urn:recruitment:audit-not-closed", await AccreditationApp.Problem(await app.Auditor().GetAsync($"{Root}/audits/{open}/facts")));
        var (recruiter, _, audit) = await app.Audited("minor");

        foreach (var client in new[] { app.Auditor(), app.Decider() })
        {
            var facts = await client.GetFromJsonAsync<JsonObject>($"{Root}/audits/{audit}/facts");
            Assert.Equal(recruiter, facts!["recruiterPartyId"]!.GetValue<Guid>());
            Assert.Equal("Lotus Lane Assurance", facts["auditBodyName"]!.GetValue<string>());
            Assert.Equal(AccreditationApp.Scheme.Criteria.Count(), facts["findings"]!.AsArray().Count);
            Assert.DoesNotContain("auditor-1", facts.ToJsonString(), StringComparison.Ordinal);
        }
    }
}

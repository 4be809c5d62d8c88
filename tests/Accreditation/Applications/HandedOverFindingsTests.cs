using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Recruitment.Contracts.Accreditation;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>A status that was handed over with findings still open: the body that keeps it now accepts what was put right, and nobody else.</summary>
public sealed class HandedOverFindingsTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    private HttpClient Newcomer => app.Auditor(app.OtherAuditBody, "auditor-9");

    private HttpClient NewDecider => app.Decider(app.OtherAuditBody, "decider-2");

    [Fact]
    public async Task The_new_bodys_auditor_is_named_and_closes_the_finding()
    {
        var (_, id, audit) = await HandedOver();
        var steps = (await Of(app.SchemeManager(), id))["history"]!.AsArray().Count;
        Assert.Equal(("declare_conflict", "assign"), (await TaskOf(Newcomer, id), await TaskOf(app.SchemeManager(), id)));
        (await Declare(Newcomer, id)).EnsureSuccessStatusCode();
        Assert.Equal("none", await TaskOf(Newcomer, id));

        (await Assign(id, "auditor-9")).EnsureSuccessStatusCode();
        Assert.Equal("close_findings", await TaskOf(Newcomer, id));

        var seen = await Of(Newcomer, id);
        Assert.Equal(("granted", false), (seen["state"]!.GetValue<string>(), seen["auditorIsWanted"]!.GetValue<bool>()));
        Assert.Equal(AccreditationApp.Licence, await Newcomer.GetByteArrayAsync($"{Root}/applications/{id}/evidence/{seen["evidence"]![0]!["id"]}"));
        Assert.Equal(HttpStatusCode.NoContent, (await CloseFinding(Newcomer, audit)).StatusCode);
        Assert.Equal("closed", Finding(await Of(Newcomer, id))["status"]!.GetValue<string>());
        var published = (await app.Host.Published<AuditFindingsChanged, AccreditationDb>()).Last(f => f.AuditId == audit);
        Assert.DoesNotContain(published.Findings, f => f.Status == "open");
        Assert.Equal(steps, (await Of(app.SchemeManager(), id))["history"]!.AsArray().Count);
        Assert.Equal(("none", "none"), (await TaskOf(Newcomer, id), await TaskOf(app.SchemeManager(), id)));
    }

    [Fact]
    public async Task The_published_reason_of_a_suspension_outlives_the_naming()
    {
        var (_, id, audit) = await HandedOver();
        (await Suspend(NewDecider, id)).EnsureSuccessStatusCode();

        (await Declare(Newcomer, id)).EnsureSuccessStatusCode();
        (await Assign(id, "auditor-9")).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.NoContent, (await CloseFinding(Newcomer, audit)).StatusCode);

        Assert.Equal("audit_refused", (await Of(app.SchemeManager(), id))["history"]!.AsArray()[^1]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_former_body_reads_nothing_and_closes_nothing()
    {
        var (recruiter, id, audit) = await HandedOver();
        var evidence = (await Of(app.Recruiter(recruiter), id))["evidence"]![0]!["id"]!.GetValue<Guid>();
        await Named(id);

        foreach (var former in (HttpClient[])[app.Auditor(), app.Auditor(subject: "auditor-9")])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await former.GetAsync($"{Root}/applications/{id}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await former.GetAsync($"{Root}/applications/{id}/evidence/{evidence}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await CloseFinding(former, audit)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await Declare(former, id)).StatusCode);
        }
    }

    [Fact]
    public async Task Before_and_after_the_naming_nobody_else_of_any_body_or_role_closes_it()
    {
        var (recruiter, id, audit) = await HandedOver();
        var evidence = (await Of(app.Recruiter(recruiter), id))["evidence"]![0]!["id"]!.GetValue<Guid>();
        var others = new[] { app.Auditor(app.OtherAuditBody, "auditor-8"), app.Auditor(Guid.CreateVersion7(), "auditor-9") };

        Assert.Equal(HttpStatusCode.NotFound, (await CloseFinding(Newcomer, audit)).StatusCode);
        Assert.Empty((await Of(Newcomer, id))["findings"]!.AsArray());
        await Named(id);

        foreach (var other in others)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await CloseFinding(other, audit)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Root}/applications/{id}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Root}/applications/{id}/evidence/{evidence}")).StatusCode);
        }
        foreach (var role in (HttpClient[])[NewDecider, app.SchemeManager(), app.Recruiter(recruiter)])
            Assert.Equal(HttpStatusCode.Forbidden, (await CloseFinding(role, audit)).StatusCode);
    }

    [Fact]
    public async Task Whoever_decided_on_this_status_neither_declares_nor_is_named()
    {
        var (_, id, audit) = await HandedOver();
        var granted = app.Auditor(app.OtherAuditBody, "decider-1");
        var suspends = app.Auditor(app.OtherAuditBody, "decider-2");

        Assert.Equal("none", await TaskOf(granted, id));
        Assert.Equal("urn:recruitment:decider-audits", await AccreditationApp.Problem(await Declare(granted, id)));
        (await Declare(suspends, id)).EnsureSuccessStatusCode();
        Assert.True(Declaration(await Of(app.SchemeManager(), id), "decider-2")["mayBeNamed"]!.GetValue<bool>());
        (await Suspend(NewDecider, id)).EnsureSuccessStatusCode();
        Assert.Equal("urn:recruitment:decider-audits", await AccreditationApp.Problem(await Assign(id, "decider-2")));
        Assert.False(Declaration(await Of(app.SchemeManager(), id), "decider-2")["mayBeNamed"]!.GetValue<bool>());
        Assert.Equal(HttpStatusCode.NotFound, (await CloseFinding(suspends, audit)).StatusCode);
    }

    [Fact]
    public async Task Whoever_closes_the_finding_decides_nothing_on_the_status()
    {
        var (_, id, _) = await HandedOver();
        await Named(id);

        Assert.Equal("urn:recruitment:auditor-decides", await AccreditationApp.Problem(await Suspend(app.Decider(app.OtherAuditBody, "auditor-9"), id)));
    }

    [Fact]
    public async Task The_word_given_at_the_former_body_does_not_count_at_the_new_one()
    {
        var (_, id, _) = await HandedOver();
        var moved = app.Auditor(app.OtherAuditBody);

        Assert.Equal("urn:recruitment:no-conflict-declaration", await AccreditationApp.Problem(await Assign(id, "auditor-1")));
        Assert.Equal("declare_conflict", await TaskOf(moved, id));
        Assert.Null((await Of(moved, id))["myConflict"]);
    }

    [Fact]
    public async Task Without_a_hand_over_or_an_open_finding_no_auditor_is_wanted()
    {
        var (_, kept, _) = await Granted("minor");
        var (recruiter, settled, _) = await Granted("conform");
        await HandOver(recruiter, settled);

        foreach (var (id, auditor) in new[] { (kept, app.Auditor(subject: "auditor-2")), (settled, Newcomer) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Declare(auditor, id)).StatusCode);
            Assert.Equal("urn:recruitment:wrong-state", await AccreditationApp.Problem(await Assign(id, "auditor-1")));
            Assert.Equal("none", await TaskOf(app.SchemeManager(), id));
        }
    }

    [Fact]
    public async Task The_auditor_who_came_with_the_hand_over_issues_no_report_in_the_former_bodys_name()
    {
        var (_, id, audit) = await HandedOver();
        await Named(id);

        Assert.Equal(HttpStatusCode.NotFound, (await Newcomer.GetAsync($"{Root}/audits/{audit}/facts")).StatusCode);
        Assert.True((await Of(Newcomer, id))["statusWasHandedOver"]!.GetValue<bool>());
    }

    private async Task<(Guid Recruiter, Guid Id, Guid Audit)> Granted(string criterionOne)
    {
        var audited = await app.Audited(criterionOne);
        (await AccreditationApp.Decision(app.Decider(), audited.Id)).EnsureSuccessStatusCode();
        return audited;
    }

    private async Task<(Guid Recruiter, Guid Id, Guid Audit)> HandedOver()
    {
        var granted = await Granted("minor");
        await HandOver(granted.Recruiter, granted.Id);
        return granted;
    }

    private async Task HandOver(Guid recruiter, Guid id)
    {
        await app.Host.Deliver(new PartyChanged
        {
            PartyId = recruiter, Epoch = 1, Sequence = 2, Kind = PartyKinds.Recruiter, Name = "Saffron Bridge Recruitment", Country = "THA", Status = "active", OwnerPartyId = app.AuditBody,
        });
        (await app.SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/status-body", new { auditBodyPartyId = app.OtherAuditBody, reason = "Bought by the recruiter's owners." })).EnsureSuccessStatusCode();
    }

    private async Task Named(Guid id)
    {
        (await Declare(Newcomer, id)).EnsureSuccessStatusCode();
        (await Assign(id, "auditor-9")).EnsureSuccessStatusCode();
    }

    private static Task<HttpResponseMessage> Declare(HttpClient by, Guid id) =>
        by.PostAsJsonAsync($"{Root}/applications/{id}/conflict-declarations", new { hasConflict = false, statement = "No tie.", signedAs = "Auditor Nine" });

    private Task<HttpResponseMessage> Assign(Guid id, string subject) => app.SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/auditor", new { auditorSubject = subject });

    private static Task<HttpResponseMessage> CloseFinding(HttpClient by, Guid audit) => by.PostAsJsonAsync($"{Root}/audits/{audit}/findings/1/closure", new { proof = "The renewed licence was shown." });

    private static Task<HttpResponseMessage> Suspend(HttpClient by, Guid id) => by.PostAsJsonAsync($"{Root}/applications/{id}/status", new
    {
        action = "suspend", reasonCode = "audit_refused", jobseekerPlan = new { money = "Returned.", papers = "Given back.", contracts = "Honoured.", travel = "Paid." },
    });

    private static async Task<JsonObject> Of(HttpClient reader, Guid id) => (await reader.GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!;

    private static async Task<string> TaskOf(HttpClient reader, Guid id) =>
        (await reader.GetFromJsonAsync<JsonObject>($"{Root}/applications"))!["items"]!.AsArray().Single(l => l!["id"]!.GetValue<Guid>() == id)!["myTask"]!.GetValue<string>();

    private static JsonNode Finding(JsonObject application) => application["findings"]!.AsArray().Single(f => f!["criterion"]!.GetValue<string>() == "1")!;

    private static JsonNode Declaration(JsonObject application, string subject) => application["declarations"]!.AsArray().Single(d => d!["auditorSubject"]!.GetValue<string>() == subject)!;
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>When the body responsible comes to belong to the recruiter's group, one person can do something about it: she has the task, and nobody has one that is refused.</summary>
public sealed class GroupTasksTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    [Fact]
    public async Task An_audit_under_way_becomes_the_scheme_managers_task_and_nobody_elses()
    {
        var (recruiter, id, audit) = await app.Assigned();
        Assert.Equal(("none", "audit"), (await TaskOf(app.SchemeManager(), id), await TaskOf(app.Auditor(), id)));

        await BoughtBy(app.AuditBody, recruiter);

        Assert.Equal("urn:recruitment:audit-body-of-the-group", await AccreditationApp.Problem(await app.Find(audit, "1", "conform")));
        Assert.Equal(("name_another_body", "none"), (await TaskOf(app.SchemeManager(), id), await TaskOf(app.Auditor(), id)));
        Assert.True((await app.Auditor().GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!["bodyIsOfTheGroup"]!.GetValue<bool>());
    }

    [Fact]
    public async Task So_does_a_decision_that_waits()
    {
        var (recruiter, id, _) = await app.Audited(criterionOne: "major");
        Assert.Equal(("decide", "close_findings"), (await TaskOf(app.Decider(), id), await TaskOf(app.Auditor(), id)));

        await BoughtBy(app.AuditBody, recruiter);

        Assert.Equal("urn:recruitment:audit-body-of-the-group", await AccreditationApp.Problem(await AccreditationApp.Decision(app.Decider(), id)));
        Assert.Equal(("name_another_body", "none", "none"), (await TaskOf(app.SchemeManager(), id), await TaskOf(app.Decider(), id), await TaskOf(app.Auditor(), id)));
    }

    [Fact]
    public async Task So_does_an_application_for_which_no_auditor_is_named_yet()
    {
        var (recruiter, id) = await app.Eligible();
        Assert.Equal(("assign", "declare_conflict"), (await TaskOf(app.SchemeManager(), id), await TaskOf(app.Auditor(), id)));

        await BoughtBy(app.AuditBody, recruiter);

        Assert.Equal(("name_another_body", "none"), (await TaskOf(app.SchemeManager(), id), await TaskOf(app.Auditor(), id)));
    }

    [Fact]
    public async Task A_status_waits_until_another_body_keeps_it()
    {
        var (recruiter, id, _) = await app.Granted();
        await BoughtBy(app.AuditBody, recruiter);
        Assert.Equal("name_another_body", await TaskOf(app.SchemeManager(), id));

        (await app.SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/status-body", new { auditBodyPartyId = app.OtherAuditBody, reason = "It was bought." })).EnsureSuccessStatusCode();

        Assert.Equal("none", await TaskOf(app.SchemeManager(), id));
    }

    [Fact]
    public async Task An_owner_above_both_counts_over_several_steps_and_a_stranger_does_not()
    {
        var (holding, middle) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (near, far) = (await app.Granted(), await app.Granted());
        var body = Guid.CreateVersion7();
        await Owned(body, PartyKinds.AuditBody, null);
        foreach (var id in (Guid[])[near.Id, far.Id])
        {
            await BoughtBy(app.AuditBody, id == near.Id ? near.Recruiter : far.Recruiter);
            (await app.SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/status-body", new { auditBodyPartyId = body, reason = "It was bought." })).EnsureSuccessStatusCode();
        }

        await Owned(holding, PartyKinds.Supplier, null);
        await Owned(middle, PartyKinds.Supplier, holding);
        await Owned(body, PartyKinds.AuditBody, middle, 2);
        await Owned(near.Recruiter, PartyKinds.Recruiter, holding, 3);

        Assert.Equal(("name_another_body", "none"), (await TaskOf(app.SchemeManager(), near.Id), await TaskOf(app.SchemeManager(), far.Id)));
    }

    [Fact]
    public async Task Owners_who_own_each_other_in_a_circle_are_one_group_to_the_list_and_to_whoever_decides()
    {
        var circle = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToList();
        var (recruiter, id, _) = await app.Granted();
        var body = Guid.CreateVersion7();
        await Owned(body, PartyKinds.AuditBody, null);
        await BoughtBy(app.AuditBody, recruiter);
        (await app.SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/status-body", new { auditBodyPartyId = body, reason = "It was bought." })).EnsureSuccessStatusCode();

        for (var i = 0; i < 3; i++) await Owned(circle[i], PartyKinds.Supplier, circle[(i + 1) % 3]);
        await Owned(body, PartyKinds.AuditBody, circle[0], 2);
        await Owned(recruiter, PartyKinds.Recruiter, circle[1], 3);

        Assert.Equal("name_another_body", await TaskOf(app.SchemeManager(), id));
        Assert.True((await app.SchemeManager().GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!["bodyIsOfTheGroup"]!.GetValue<bool>());
    }

    [Fact]
    public async Task No_decision_maker_is_asked_to_end_a_suspension_that_she_may_not_end()
    {
        var (recruiter, id, _) = await app.Granted();
        (await Status(id, new { action = "suspend", reasonCode = "audit_refused", jobseekerPlan = new { money = "Returned.", papers = "Given back.", contracts = "Honoured.", travel = "Paid." } })).EnsureSuccessStatusCode();
        var until = (await app.SchemeManager().GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!["suspendedUntil"]!.GetValue<string>();
        await app.Reach(DateOnly.Parse(until, CultureInfo.InvariantCulture).AddDays(1));
        Assert.Equal("end_suspension", await TaskOf(app.Decider(), id));

        await BoughtBy(app.AuditBody, recruiter);

        Assert.Equal(HttpStatusCode.Conflict, (await Status(id, new { action = "restore", rationale = "The audit was let in." })).StatusCode);
        Assert.Equal(("name_another_body", "none"), (await TaskOf(app.SchemeManager(), id), await TaskOf(app.Decider(), id)));
    }

    private Task<HttpResponseMessage> Status(Guid id, object step) => app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", step);

    private static async Task<string> TaskOf(HttpClient who, Guid id) =>
        (await who.GetFromJsonAsync<JsonObject>($"{Root}/applications"))!["items"]!.AsArray().Single(l => l!["id"]!.GetValue<Guid>() == id)!["myTask"]!.GetValue<string>();

    /// <summary>The recruiter gets the body as its owner: one group from then on.</summary>
    private Task BoughtBy(Guid body, Guid recruiter) => Owned(recruiter, PartyKinds.Recruiter, body, 2);

    private Task Owned(Guid party, string kind, Guid? owner, int sequence = 1) => app.Host.Deliver(new PartyChanged
    {
        PartyId = party, Epoch = 1, Sequence = sequence, Kind = kind, Name = "Saffron Bridge Recruitment", Country = "THA", Status = "active", OwnerPartyId = owner,
    });
}

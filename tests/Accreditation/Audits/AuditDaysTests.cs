using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Tests.Audits;

/// <summary>The days of an audit: when it is due, when it ended, and what is said when a day has passed. On a clock of its own, for it is moved.</summary>
public sealed class AuditDaysTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    [Fact]
    public async Task An_audit_did_not_end_before_its_auditor_was_named()
    {
        var (_, id, audit) = await Found();
        var named = app.Today;

        var decades = await app.Close(audit, new(1994, 3, 2));
        var eve = await app.Close(audit, named.AddDays(-1));

        Assert.Equal("urn:recruitment:audit-before-auditor", await AccreditationApp.Problem(decades));
        var told = (await eve.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(HttpStatusCode.Conflict, eve.StatusCode);
        Assert.Contains(named.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), told["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("audit_assigned", (await Of(app.Auditor(), id))["state"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NoContent, (await app.Close(audit, named)).StatusCode);
    }

    [Fact]
    public async Task No_audit_is_due_on_a_day_that_has_passed()
    {
        var (_, id) = await app.Eligible();
        (await app.Auditor().PostAsJsonAsync($"{Root}/applications/{id}/conflict-declarations", new { hasConflict = false, statement = "No tie.", signedAs = "Auditor One" })).EnsureSuccessStatusCode();

        Assert.Equal("urn:recruitment:due-in-past", await AccreditationApp.Problem(await Name(id, app.Today.AddDays(-1))));
        Assert.Equal("eligible", (await Of(app.SchemeManager(), id))["state"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NoContent, (await Name(id, app.Today)).StatusCode);
    }

    [Fact]
    public async Task An_audit_past_its_day_is_marked_for_its_auditor_and_waits_for_the_scheme_manager()
    {
        var (_, id, audit) = await Found();
        var due = DateOnly.Parse((await Of(app.Auditor(), id))["auditDueOn"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);

        MoveTo(due);
        Assert.Equal(("audit", false), await TaskOf(app.Auditor(), id));
        Assert.Equal(("none", false), await TaskOf(app.SchemeManager(), id));

        MoveTo(due.AddDays(1));
        Assert.Equal(("audit", true), await TaskOf(app.Auditor(), id));
        Assert.Equal(("audit_overdue", true), await TaskOf(app.SchemeManager(), id));
        Assert.True((await Of(app.SchemeManager(), id))["auditIsOverdue"]!.GetValue<bool>());

        (await app.Close(audit)).EnsureSuccessStatusCode();
        Assert.Equal(("none", false), await TaskOf(app.SchemeManager(), id));
        Assert.Equal(("none", false), await TaskOf(app.Auditor(), id));
    }

    [Fact]
    public async Task Nothing_of_a_status_that_ended_by_its_last_day_waits_for_anybody()
    {
        var (recruiter, id, _) = await app.Audited("minor");
        (await AccreditationApp.Decision(app.Decider(), id)).EnsureSuccessStatusCode();
        var lastDay = DateOnly.Parse((await Of(app.Recruiter(recruiter), id))["validTo"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);

        MoveTo(lastDay);
        Assert.Equal("close_findings", (await TaskOf(app.Auditor(), id)).Task);

        MoveTo(lastDay.AddDays(1));
        Assert.Equal("none", (await TaskOf(app.Auditor(), id)).Task);
    }

    private async Task<(Guid Recruiter, Guid Id, Guid Audit)> Found()
    {
        var assigned = await app.Assigned();
        foreach (var criterion in AccreditationApp.Scheme.Criteria) (await app.Find(assigned.Audit, criterion.Code, "conform")).EnsureSuccessStatusCode();
        return assigned;
    }

    private Task<HttpResponseMessage> Name(Guid id, DateOnly dueOn) => app.SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/auditor", new { auditorSubject = "auditor-1", dueOn });

    /// <summary>Never backwards, whichever test came first.</summary>
    private void MoveTo(DateOnly day)
    {
        if (day > app.Today) app.Host.Services.GetRequiredService<BusinessClock>().MoveTo(day);
    }

    private static async Task<JsonObject> Of(HttpClient reader, Guid id) => (await reader.GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!;

    private static async Task<(string Task, bool Overdue)> TaskOf(HttpClient reader, Guid id)
    {
        var line = (await reader.GetFromJsonAsync<JsonObject>($"{Root}/applications"))!["items"]!.AsArray().Single(l => l!["id"]!.GetValue<Guid>() == id)!;
        return (line["myTask"]!.GetValue<string>(), line["auditIsOverdue"]!.GetValue<bool>());
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Accreditation.Audits;
using Recruitment.Contracts.Accreditation;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>An audit body that comes to belong to the recruiter's group can do nothing more; somebody competent must still be able to.</summary>
public sealed class StatusBodyTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    [Fact]
    public async Task The_scheme_manager_names_another_body_whose_decision_maker_suspends()
    {
        var (recruiter, id, _) = await app.Granted();
        await BoughtBy(app.AuditBody, recruiter);
        Assert.True((await Of(app.SchemeManager(), id))["bodyIsOfTheGroup"]!.GetValue<bool>());

        Assert.Equal(HttpStatusCode.NoContent, (await HandOver(id, app.OtherAuditBody)).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await Suspend(app.Decider(), id)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Suspend(app.Decider(app.OtherAuditBody, "decider-2"), id)).StatusCode);
        var published = (await app.Host.Published<AccreditationChanged, AccreditationDb>()).Last(a => a.AccreditationId == id);
        Assert.Equal(("suspended", "audit_refused"), (published.Status, published.StatusReason));
        Assert.Equal("Harbour Wall Audit", (await Of(app.SchemeManager(), id))["auditBodyName"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_new_body_reads_what_the_decision_rests_on_and_the_former_reads_nothing_more()
    {
        var (recruiter, id, _) = await app.Granted();
        var evidence = (await Of(app.Recruiter(recruiter), id))["evidence"]![0]!["id"]!.GetValue<Guid>();
        await BoughtBy(app.AuditBody, recruiter);
        (await HandOver(id, app.OtherAuditBody)).EnsureSuccessStatusCode();

        Assert.Equal(AccreditationApp.Licence, await app.Decider(app.OtherAuditBody, "decider-2").GetByteArrayAsync($"{Root}/applications/{id}/evidence/{evidence}"));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Decider().GetAsync($"{Root}/applications/{id}/evidence/{evidence}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Decider().GetAsync($"{Root}/applications/{id}")).StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_independent_keeps_the_status()
    {
        var (_, id, _) = await app.Granted();

        Assert.False((await Of(app.SchemeManager(), id))["bodyIsOfTheGroup"]!.GetValue<bool>());
        Assert.Equal("urn:recruitment:audit-body-independent", await AccreditationApp.Problem(await HandOver(id, app.OtherAuditBody)));
    }

    [Fact]
    public async Task No_body_of_the_group_and_nobody_who_is_no_audit_body_gets_it()
    {
        var (recruiter, id, _) = await app.Granted();
        var sister = Guid.CreateVersion7();
        await BoughtBy(app.AuditBody, recruiter);
        await Owned(sister, PartyKinds.AuditBody, "Paper Boat Assurance", app.AuditBody, 1);

        Assert.Equal("urn:recruitment:audit-body-of-the-group", await AccreditationApp.Problem(await HandOver(id, sister)));
        Assert.Equal("urn:recruitment:unknown-audit-body", await AccreditationApp.Problem(await HandOver(id, recruiter)));
    }

    [Fact]
    public async Task Before_a_decision_another_body_is_asked_and_the_audit_begins_anew()
    {
        var (recruiter, id, audit) = await app.Audited();
        Assert.Equal("urn:recruitment:wrong-state", await AccreditationApp.Problem(await Ask(id, app.OtherAuditBody)));
        await BoughtBy(app.AuditBody, recruiter);

        Assert.Equal(HttpStatusCode.NoContent, (await Ask(id, app.OtherAuditBody)).StatusCode);

        var seen = await Of(app.Recruiter(recruiter), id);
        Assert.Equal("eligible", seen["state"]!.GetValue<string>());
        Assert.Empty(seen["findings"]!.AsArray());
        Assert.NotEqual(audit, seen["auditId"]!.GetValue<Guid>());
        await using (var scope = app.Host.Services.CreateAsyncScope())
        {
            var kept = Assert.Single(await scope.ServiceProvider.GetRequiredService<AccreditationDb>().Set<DroppedAudit>().Where(d => d.ApplicationId == id).ToListAsync());
            Assert.Equal((audit, app.AuditBody), (kept.AuditId, kept.BodyPartyId));
            Assert.Contains("Secret finding text.", kept.Content, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await app.Auditor().GetAsync($"{Root}/applications/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Auditor(app.OtherAuditBody, "auditor-9").GetAsync($"{Root}/applications/{id}")).StatusCode);
    }

    private Task<HttpResponseMessage> HandOver(Guid id, Guid body) =>
        app.SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/status-body", new { auditBodyPartyId = body, reason = "The audit body was bought by the recruiter's owners." });

    private Task<HttpResponseMessage> Ask(Guid id, Guid body) => app.SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/audit-body", new { auditBodyPartyId = body });

    private static Task<HttpResponseMessage> Suspend(HttpClient by, Guid id) => by.PostAsJsonAsync($"{Root}/applications/{id}/status", new
    {
        action = "suspend", reasonCode = "audit_refused", jobseekerPlan = new { money = "Returned.", papers = "Given back.", contracts = "Honoured.", travel = "Paid." },
    });

    private static async Task<JsonObject> Of(HttpClient reader, Guid id) => (await reader.GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!;

    /// <summary>The recruiter gets the body as its owner: one group from then on.</summary>
    private Task BoughtBy(Guid body, Guid recruiter) => Owned(recruiter, PartyKinds.Recruiter, "Saffron Bridge Recruitment", body, 2);

    private Task Owned(Guid party, string kind, string name, Guid owner, int sequence) => app.Host.Deliver(new PartyChanged
    {
        PartyId = party, Epoch = 1, Sequence = sequence, Kind = kind, Name = name, Country = "THA", Status = "active", OwnerPartyId = owner,
    });
}

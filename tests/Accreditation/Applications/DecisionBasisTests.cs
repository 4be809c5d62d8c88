using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>Whoever decides reads what the decision rests on; whoever may not decide is told why, and reads nothing.</summary>
public sealed class DecisionBasisTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    [Fact]
    public async Task What_the_decision_maker_tells_the_auditor_is_read_by_neither_recruiter_nor_scheme_manager()
    {
        const string told = "The findings support it.";
        var (recruiter, id, _) = await app.Audited();
        (await AccreditationApp.Decision(app.Decider(), id, "returned")).EnsureSuccessStatusCode();

        async Task<string> Read(HttpClient reader) => await reader.GetStringAsync($"{AccreditationApp.Root}/applications/{id}");
        Assert.Contains(told, await Read(app.Auditor()), StringComparison.Ordinal);
        Assert.DoesNotContain(told, await Read(app.Recruiter(recruiter)), StringComparison.Ordinal);
        Assert.DoesNotContain(told, await Read(app.SchemeManager()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_decision_maker_reads_answers_evidence_findings_and_the_auditors_summary()
    {
        var (_, id, audit) = await app.Audited("minor");

        var read = await Of(app.Decider(), id);

        Assert.Null(read["whyNotDecide"]);
        Assert.Equal(AccreditationApp.Scheme.Indicators.Count(), read["answers"]!.AsArray().Count);
        Assert.Equal(AccreditationApp.Scheme.Criteria.Count(), read["findings"]!.AsArray().Count);
        Assert.Equal("Two days on site.", read["auditSummary"]!.GetValue<string>());
        Assert.Equal(AccreditationApp.Licence, await app.Decider().GetByteArrayAsync($"{Root}/applications/{id}/evidence/{read["evidence"]![0]!["id"]!.GetValue<Guid>()}"));
        var facts = await app.Decider().GetFromJsonAsync<JsonObject>($"{Root}/audits/{audit}/facts");
        Assert.Equal("Two days on site.", facts!["summary"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_scheme_manager_reads_the_answers_that_were_sent_but_no_evidence_and_no_finding()
    {
        var (_, id) = await app.Submitted();
        var (_, audited, _) = await app.Audited("minor");

        var sent = await Of(app.SchemeManager(), id);

        Assert.Equal(AccreditationApp.Scheme.Indicators.Count(), sent["answers"]!.AsArray().Count);
        foreach (var part in (string[])["evidence", "findings"])
        {
            Assert.Empty(sent[part]!.AsArray());
            Assert.Empty((await Of(app.SchemeManager(), audited))[part]!.AsArray());
        }
    }

    [Fact]
    public async Task What_the_recruiter_writes_anew_is_not_read_by_the_scheme_manager_before_it_is_sent()
    {
        var (recruiter, id) = await app.Submitted();
        (await app.SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/review", new { outcome = "deferred", reason = "Say more on fees." })).EnsureSuccessStatusCode();

        Assert.Empty((await Of(app.SchemeManager(), id))["answers"]!.AsArray());
        Assert.NotEmpty((await Of(app.Recruiter(recruiter), id))["answers"]!.AsArray());
    }

    [Fact]
    public async Task Whoever_audited_and_became_decision_maker_is_told_why_not_and_reads_nothing()
    {
        var (recruiter, id, audit) = await app.Audited();

        await IsToldAndReadsNothing(app.Decider(subject: "auditor-1"), recruiter, id, audit, "Whoever audited cannot decide");
    }

    [Fact]
    public async Task Whoever_wrote_for_the_recruiter_is_told_why_not_and_reads_nothing()
    {
        var (recruiter, id, audit) = await app.Audited();

        await IsToldAndReadsNothing(app.Decider(subject: $"{Roles.RecruiterUser}:{recruiter}"), recruiter, id, audit, "wrote for the recruiter");
    }

    [Fact]
    public async Task Whoever_declared_a_conflict_is_told_why_not_and_reads_nothing()
    {
        var (recruiter, id) = await app.Eligible();
        (await app.Auditor(subject: "tied").PostAsJsonAsync($"{Root}/applications/{id}/conflict-declarations", new { hasConflict = true, statement = "A cousin.", signedAs = "Tied" })).EnsureSuccessStatusCode();
        var audit = await app.AuditedFrom(id);

        await IsToldAndReadsNothing(app.Decider(subject: "tied"), recruiter, id, audit, "declared a conflict");
    }

    [Fact]
    public async Task A_decision_maker_of_a_body_of_the_recruiters_group_is_told_why_not_and_reads_nothing()
    {
        var (recruiter, id, audit) = await app.Audited();
        await app.Host.Deliver(new PartyChanged
        {
            PartyId = recruiter, Epoch = 1, Sequence = 2, Kind = PartyKinds.Recruiter, Name = "Saffron Bridge Recruitment", Country = "THA", Status = "active", OwnerPartyId = app.AuditBody,
        });

        await IsToldAndReadsNothing(app.Decider(), recruiter, id, audit, "same group of owners");
    }

    private async Task IsToldAndReadsNothing(HttpClient decider, Guid recruiter, Guid id, Guid audit, string why)
    {
        var evidence = (await Of(app.Recruiter(recruiter), id))["evidence"]![0]!["id"]!.GetValue<Guid>();

        var read = await Of(decider, id);

        Assert.Contains(why, read["whyNotDecide"]!.GetValue<string>(), StringComparison.Ordinal);
        foreach (var part in (string[])["answers", "evidence", "findings", "history"]) Assert.Empty(read[part]!.AsArray());
        Assert.Null(read["auditSummary"]);
        Assert.Equal(HttpStatusCode.NotFound, (await decider.GetAsync($"{Root}/applications/{id}/evidence/{evidence}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await decider.GetAsync($"{Root}/audits/{audit}/facts")).StatusCode);
        var task = (await decider.GetFromJsonAsync<JsonObject>($"{Root}/applications"))!["items"]!.AsArray().Single(i => i!["id"]!.GetValue<Guid>() == id)!["myTask"]!.GetValue<string>();
        Assert.Equal("none", task);
    }

    private static async Task<JsonObject> Of(HttpClient reader, Guid id) => (await reader.GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!;
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Accreditation.Tests;

/// <summary>Every endpoint, every role, own, shared and foreign: docs/access/accreditation.txt.</summary>
public sealed class AccessTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    [Fact]
    public async Task Everybody_gets_what_the_table_says_and_no_foreign_organisation_anything()
    {
        await using var receiver = await WebhookReceiver.Start();
        var (recruiter, id) = await app.Eligible();
        await receiver.Open(app.Recruiter(recruiter), "accreditation", "accreditation.status_changed");
        var audit = await app.AuditedFrom(id);
        (await AccreditationApp.Decision(app.Decider(), id)).EnsureSuccessStatusCode();
        await Wait.Until(() => Task.FromResult(!receiver.Heard.IsEmpty), "nobody was told");

        var table = await AccessTable.Of(app.Host, "accreditation",
        [
            .. await Granted(recruiter, id, audit), .. await BeforeTheAudit(), .. AtTheAudit(),
            .. await ArrangedWebhooks.Of("Accreditation", app.Recruiter(recruiter), [Own(recruiter)]),
        ]);

        Assert.Empty(table.Holes);
        Assert.Empty(table.DifferencesTo("docs/access/accreditation.txt"));
    }

    private static Asker Own(Guid recruiter) => new("own", Roles.RecruiterUser, PartyKinds.Recruiter, recruiter);

    /// <summary>The audit body that was asked: who audits, who decides, a colleague with neither task, and the auditor who would decide about his own audit.</summary>
    private Asker[] Body =>
    [
        new("shared", Roles.Auditor, PartyKinds.AuditBody, app.AuditBody, "auditor-1"), new("shared", Roles.DecisionMaker, PartyKinds.AuditBody, app.AuditBody, "decider-1"),
        new("off team", Roles.Auditor, PartyKinds.AuditBody, app.AuditBody, "auditor-2"), new("audited", Roles.DecisionMaker, PartyKinds.AuditBody, app.AuditBody, "auditor-1"),
    ];

    private async Task<IReadOnlyList<Arranged>> Granted(Guid recruiter, Guid id, Guid audit)
    {
        Asker[] all = [Own(recruiter), .. Body, new("swapped", Roles.RecruiterUser, PartyKinds.Brand, recruiter)];
        var application = (await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!;
        var evidence = application["evidence"]!.AsArray()[0]!["id"]!.GetValue<Guid>();
        return
        [
            new("ListApplications", $"{Root}/applications", all, shows: $"{id}"),
            new("GetApplication", $"{Root}/applications/{id}", all),
            new("ReadEvidence", $"{Root}/applications/{id}/evidence/{evidence}", all),
            new("GetAuditFacts", $"{Root}/audits/{audit}/facts", all),
            new("ScanDecision", $"{Root}/applications/{id}/text-scans", all, new { where = "rationale", text = "The findings support it." }),
            new("HandOverStatus", $"{Root}/applications/{id}/status-body", all, new { auditBodyPartyId = app.OtherAuditBody, reason = "At the wish of both." }),
            new("ChangeStatus", Of(async () => (await app.Granted()).Id, "status"), Body, new { action = "withdraw", reasonCode = "at_own_request", rationale = "The recruiter asked for it." }),
        ];
    }

    /// <summary>Each with an application of its own, in the state in which the step is to be done.</summary>
    private async Task<IReadOnlyList<Arranged>> BeforeTheAudit() =>
    [
        await Mine("ChangeScope", "scope", new { corridors = new[] { "MMR-THA" }, sectors = new[] { "C10" } }),
        await Mine("AnswerIndicators", "answers", new { answers = new[] { new { indicator = "A1-01", value = "conform" } } }),
        await Mine("AttachEvidence", "evidence", () => (HttpContent)AccreditationApp.Evidence(AccreditationApp.Licence)),
        await Mine("RemoveEvidence", "evidence/{evidence}"),
        await Mine("SubmitApplication", "submit"),
        new("ReviewApplication", Of(async () => (await app.Submitted()).Id, "review"), Body, new { outcome = "rejected", reason = "Not complete." }),
        new("AskAuditBody", Of(async () => (await app.Eligible()).Id, "audit-body"), Body, new { auditBodyPartyId = app.OtherAuditBody }),
        new("DeclareConflict", Of(async () => (await app.Eligible()).Id, "conflict-declarations"), Body, new { hasConflict = false, statement = "No tie.", signedAs = "Auditor One" }),
        new("AssignAuditor", Of(async () => (await app.Eligible()).Id, "auditor"), Body, new { auditorSubject = "auditor-1" }),
    ];

    private Arranged[] AtTheAudit() =>
    [
        new("ScanText", Audit("text-scans"), Body, new { where = "1", text = "Contracts were seen." }),
        new("RecordFinding", Audit("findings/1"), Body, new { grade = "conform", text = "Contracts were seen.", evidenceLevel = "records" }),
        new("CloseAudit", Audit("close"), Body, new { auditedOn = app.Today, summary = "Two days on site.", interviewsHeld = 12 }),
        new("CloseFinding", async () => $"{Root}/audits/{(await app.Audited("minor")).Audit}/findings/1/closure", Body, new { proof = "Repaid, bank records seen." }),
        new("Decide", Of(async () => (await app.Audited()).Id, "decision"), Body, new { outcome = "granted", rationale = "The findings support it." }),
    ];

    /// <summary>An application that is answered and has a file, before it is sent.</summary>
    private async Task<Arranged> Mine(string endpoint, string rest, object? body = null)
    {
        var (recruiter, id) = await app.Answered();
        var attached = await AccreditationApp.Attach(app.Recruiter(recruiter), id, AccreditationApp.Licence);
        var evidence = (await attached.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<Guid>();
        return new(endpoint, $"{Root}/applications/{id}/{rest.Replace("{evidence}", $"{evidence}", StringComparison.Ordinal)}", [Own(recruiter), .. Body], body);
    }

    private Func<Task<string>> Audit(string rest) => async () => $"{Root}/audits/{(await app.Assigned()).Audit}/{rest}";

    private static Func<Task<string>> Of(Func<Task<Guid>> made, string rest) => async () => $"{Root}/applications/{await made()}/{rest}";
}

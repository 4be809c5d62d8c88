using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>Every endpoint, every role, from another organisation. A new endpoint is missing from the table until somebody thinks about it.</summary>
public sealed class EveryBorderTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    /// <summary>Whose work reaches beyond his organisation: the scheme manager's, over all that was sent; and what is the same for all.</summary>
    private static readonly ILookup<string, string> Allowed = new (string Endpoint, string Role)[]
    {
        ("GetScheme", Roles.RecruiterUser), ("GetScheme", Roles.Auditor), ("GetScheme", Roles.DecisionMaker), ("GetScheme", Roles.SchemeManager), ("GetScheme", Roles.Administrator),
        ("ListAuditBodies", Roles.SchemeManager), ("BeginApplication", Roles.RecruiterUser), ("ListApplications", Roles.SchemeManager), ("GetApplication", Roles.SchemeManager),
        ("ReviewApplication", Roles.SchemeManager), ("AskAuditBody", Roles.SchemeManager), ("AssignAuditor", Roles.SchemeManager),
        ("HandOverStatus", Roles.SchemeManager), ("RepublishAccreditation", Roles.Administrator), ("GetAccreditationRepublish", Roles.Administrator), ("AccreditationListDeadLetters", Roles.Administrator), ("AccreditationSendDeadLettersAgain", Roles.Administrator),
        ("AccreditationListStuckWork", Roles.Administrator), ("AccreditationGetCalendar", Roles.Administrator), ("AccreditationOpenWebhook", Roles.RecruiterUser),
    }.Concat(Borders.ReadersOfAudit("Accreditation")).ToLookup(a => a.Endpoint, a => a.Role);

    [Theory]
    [InlineData("draft")]
    [InlineData("eligible")]
    [InlineData("audited")]
    [InlineData("granted")]
    public async Task Nobody_of_another_organisation_reaches_an_application(string state)
    {
        var (recruiter, id) = state switch
        {
            "draft" => await app.Begun(),
            "eligible" => await app.Eligible(),
            "audited" => await Pair(app.Audited()),
            _ => await Pair(app.Granted()),
        };
        var application = (await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!;
        var (audit, evidence) = (application["auditId"]!.GetValue<Guid>(), application["evidence"]!.AsArray().FirstOrDefault()?["id"]!.GetValue<Guid>() ?? Guid.CreateVersion7());

        var crossed = await Borders.Crossed(Table(id, audit, evidence), (role, party, kind) => app.Host.Client(role, party, kind), [id.ToString(), audit.ToString(), "Secret finding"], Allowed);

        Assert.Empty(crossed);
    }

    [Fact]
    public void The_table_has_every_endpoint() =>
        Assert.Equal(Borders.Closed(app.Host.Services), Table(Guid.Empty, Guid.Empty, Guid.Empty).Select(c => c.Endpoint).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_border_that_does_not_hold_is_found()
    {
        var (recruiter, id) = await app.Begun();

        var crossed = await Borders.Crossed(
            [new("GetApplication", "GET", $"{Root}/applications/{id}")], (_, _, _) => app.Recruiter(recruiter), [id.ToString()], Array.Empty<string>().ToLookup(s => s));

        Assert.Equal(2 * Borders.Everybody.Count, crossed.Count);
    }

    private static async Task<(Guid, Guid)> Pair(Task<(Guid Recruiter, Guid Id, Guid)> made) => (await made) is var (recruiter, id, _) ? (recruiter, id) : default;

    private static Crossing[] Table(Guid id, Guid audit, Guid evidence)
    {
        var (a, u) = ($"{Root}/applications/{id}", $"{Root}/audits/{audit}");
        return
        [
            .. Borders.DeadLetters("Accreditation"),
            .. Borders.StuckWork("Accreditation"),
            .. Borders.Audit("Accreditation"),
            .. Borders.Webhooks("Accreditation", Guid.CreateVersion7(), Guid.CreateVersion7()),
            new("AccreditationGetCalendar", "GET", $"{Root}/calendar"),
            new("GetScheme", "GET", $"{Root}/scheme"),
            new("ListAuditBodies", "GET", $"{Root}/audit-bodies"),
            new("BeginApplication", "POST", $"{Root}/applications", new { corridors = new[] { "MMR-THA" }, sectors = new[] { "C10" } }),
            new("ListApplications", "GET", $"{Root}/applications", Lists: true),
            new("GetApplication", "GET", a),
            new("ChangeScope", "PUT", $"{a}/scope", new { corridors = new[] { "MMR-THA" }, sectors = new[] { "C10" } }),
            new("AnswerIndicators", "PUT", $"{a}/answers", new { answers = new[] { new { indicator = "A1-01", value = "not" } } }),
            new("AttachEvidence", "POST", $"{a}/evidence", new { }),
            new("ReadEvidence", "GET", $"{a}/evidence/{evidence}"),
            new("RemoveEvidence", "DELETE", $"{a}/evidence/{evidence}"),
            new("SubmitApplication", "POST", $"{a}/submit"),
            new("ReviewApplication", "POST", $"{a}/review", new { outcome = "rejected", reason = "Not theirs to say." }),
            new("AskAuditBody", "POST", $"{a}/audit-body", new { auditBodyPartyId = Guid.CreateVersion7() }),
            new("DeclareConflict", "POST", $"{a}/conflict-declarations", new { hasConflict = false, statement = "None.", signedAs = "A Stranger" }),
            new("AssignAuditor", "POST", $"{a}/auditor", new { auditorSubject = "somebody" }),
            new("ScanText", "POST", $"{u}/text-scans", new { where = "1", text = "Not theirs to ask." }),
            new("RecordFinding", "PUT", $"{u}/findings/1", new { grade = "critical", text = "Not theirs to say.", evidenceLevel = "records" }),
            new("CloseFinding", "POST", $"{u}/findings/1/closure", new { proof = "Not theirs to say." }),
            new("CloseAudit", "POST", $"{u}/close", new { auditedOn = "2025-06-01", summary = "Not theirs to say." }),
            new("GetAuditFacts", "GET", $"{u}/facts"),
            new("ScanDecision", "POST", $"{a}/text-scans", new { where = "rationale", text = "Not theirs to ask." }),
            new("Decide", "POST", $"{a}/decision", new { outcome = "refused", rationale = "Not theirs to say." }),
            new("ChangeStatus", "POST", $"{a}/status", new { action = "withdraw", reasonCode = "at_own_request" }),
            new("HandOverStatus", "POST", $"{a}/status-body", new { auditBodyPartyId = Guid.CreateVersion7(), reason = "Not theirs to say." }),
            .. Borders.Republish("Accreditation"),
        ];
    }
}

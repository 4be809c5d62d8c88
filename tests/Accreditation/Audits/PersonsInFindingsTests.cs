using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Tests.Audits;

/// <summary>The recruiter reads an auditor's texts; so nothing in them that may point to a person is saved before the auditor has answered for it.</summary>
public sealed class PersonsInFindingsTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;
    private const string Text = "Mg Aung Min 0812345678 passport MB123456 said so on 3 March 2026";

    [Fact]
    public async Task A_finding_that_may_point_to_a_person_is_not_saved_and_the_refusal_repeats_none_of_it()
    {
        var (_, id, audit) = await app.Assigned();

        var refused = await Find(audit, Text);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("urn:recruitment:scan-hits-open", await AccreditationApp.Problem(refused));
        var words = await refused.Content.ReadAsStringAsync();
        foreach (var piece in (string[])["Aung", "0812345678", "MB123456", "March"]) Assert.DoesNotContain(piece, words, StringComparison.Ordinal);
        Assert.Empty((await app.Auditor().GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!["findings"]!.AsArray());
    }

    [Fact]
    public async Task Each_place_is_shown_to_the_auditor_alone_and_nothing_is_saved()
    {
        var (recruiter, _, audit) = await app.Assigned();

        var hits = await Scan(audit, "1", Text);

        foreach (var kind in (string[])["name", "phone", "identity_number", "exact_date"]) Assert.Contains(hits, h => h.Kind == kind);
        var question = new { where = "1", text = Text };
        Assert.Equal(HttpStatusCode.NotFound, (await app.Auditor(subject: "auditor-2").PostAsJsonAsync($"{Root}/audits/{audit}/text-scans", question)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.Recruiter(recruiter).PostAsJsonAsync($"{Root}/audits/{audit}/text-scans", question)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/text-scans", new { where = "somewhere", text = Text })).StatusCode);
    }

    [Fact]
    public async Task What_stays_stays_for_a_reason_that_is_stored_and_need_not_be_given_twice()
    {
        var (_, _, audit) = await app.Assigned();
        const string Hotline = "The hotline 02-345-6789 is posted at the gate.";
        var hit = Assert.Single(await Scan(audit, "1", Hotline));

        var empty = await Find(audit, Hotline, new { hit = hit.Id, reason = "" });
        Assert.Equal(HttpStatusCode.Conflict, (await app.Auditor().PutAsJsonAsync($"{Root}/audits/{audit}/findings/1", new { grade = "minor", text = Hotline, evidenceLevel = "document", kept = new object?[] { null } })).StatusCode);
        var kept = await Find(audit, Hotline, new { hit = hit.Id, reason = "A public number, nobody's own." });
        var again = await Find(audit, $"{Hotline} It is read to newcomers.");
        var other = await Find(audit, $"{Hotline} So is 02-999-8888.");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.Conflict), (empty.StatusCode, kept.StatusCode, again.StatusCode, other.StatusCode));
        await using var scope = app.Host.Services.CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<AccreditationDb>().Applications.AsNoTracking().Where(a => a.AuditId == audit).SelectMany(a => a.Findings).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Contains("A public number", stored.KeptHits, StringComparison.Ordinal);
        Assert.DoesNotContain("02-345-6789", stored.KeptHits, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_that_no_audit_can_make_does_not_stay_for_any_reason()
    {
        var (_, _, audit) = await app.Assigned();
        const string Claim = "The agency is IRIS certified.";
        var hit = Assert.Single(await Scan(audit, "1", Claim));

        Assert.Equal(HttpStatusCode.Conflict, (await Find(audit, Claim, new { hit = hit.Id, reason = "They told us." })).StatusCode);
    }

    [Fact]
    public async Task An_audit_is_not_closed_with_a_summary_that_may_point_to_a_person()
    {
        var (_, id, audit) = await Recorded();
        var hits = await Scan(audit, "summary", Text);

        var refused = await Close(audit, Text);
        var state = (await app.Auditor().GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!["state"]!.GetValue<string>();
        var closed = await Close(audit, Text, [.. hits.Select(h => (object)new { hit = h.Id, reason = "Made up for training." })]);

        Assert.Equal(("urn:recruitment:scan-hits-open", "audit_assigned"), (await AccreditationApp.Problem(refused), state));
        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
    }

    [Fact]
    public async Task A_proof_that_may_point_to_a_person_closes_no_finding_until_it_is_answered()
    {
        var (_, _, audit) = await app.Audited("minor");
        var hits = await Scan(audit, "proof-1", Text);

        var refused = await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/findings/1/closure", new { proof = Text });
        var closed = await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/findings/1/closure", new { proof = Text, kept = hits.Select(h => new { hit = h.Id, reason = "Made up for training." }) });

        Assert.Equal("urn:recruitment:scan-hits-open", await AccreditationApp.Problem(refused));
        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
    }

    [Fact]
    public async Task The_names_of_the_two_organisations_are_nobodys_and_a_finding_is_asked_about_again_before_closing_when_they_are_no_longer_theirs()
    {
        var (recruiter, _, audit) = await Recorded();
        Assert.Equal(HttpStatusCode.NoContent, (await Find(audit, "The register of Saffron Bridge Recruitment was shown to Lotus Lane Assurance.")).StatusCode);
        await app.Party(recruiter, PartyKinds.Recruiter, "Morning Ferry", sequence: 2);

        var refused = await Close(audit, "Two days on site.");

        Assert.Equal("urn:recruitment:scan-hits-open", await AccreditationApp.Problem(refused));
        Assert.Contains("What is recorded on 1 may point to a person", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private sealed record Hit(string Id, string Kind, string Text);

    private sealed record Scanned(List<Hit> Hits);

    private async Task<List<Hit>> Scan(Guid audit, string where, string text)
    {
        var answer = await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/text-scans", new { where, text });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Scanned>())!.Hits;
    }

    private Task<HttpResponseMessage> Find(Guid audit, string text, params object[] kept) =>
        app.Auditor().PutAsJsonAsync($"{Root}/audits/{audit}/findings/1", new { grade = "minor", text, evidenceLevel = "statement", kept });

    private Task<HttpResponseMessage> Close(Guid audit, string summary, params object[] kept) =>
        app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/close", new { auditedOn = app.Today, summary, interviewsHeld = 12, kept });

    private async Task<(Guid Recruiter, Guid Id, Guid Audit)> Recorded()
    {
        var assigned = await app.Assigned();
        foreach (var criterion in AccreditationApp.Scheme.Criteria) (await app.Find(assigned.Audit, criterion.Code, "conform")).EnsureSuccessStatusCode();
        return assigned;
    }
}

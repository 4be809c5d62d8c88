using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>The recruiter reads a decision maker's reasons; so nothing in them that may point to a person is saved before it is answered for.</summary>
public sealed class PersonsInDecisionsTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;
    private const string Text = "Mg Aung Min 0812345678 passport MB123456 said so on 3 March 2026";
    private const string Why = "Made up for training.";

    [Theory]
    [InlineData("granted", "granted")]
    [InlineData("refused", "refused")]
    [InlineData("returned", "audit_assigned")]
    public async Task A_decision_whose_reasons_may_point_to_a_person_is_not_taken_until_each_place_is_answered(string outcome, string then)
    {
        var (recruiter, id, _) = await app.Audited();
        var hits = await Scan(id, "rationale", Text);
        Assert.Superset(new HashSet<string> { "name", "phone", "identity_number", "exact_date" }, hits.Select(h => h.Kind).ToHashSet());

        var refused = await Decide(id, outcome, Text);
        var half = await Decide(id, outcome, Text, Kept(hits[1..]));
        var (stateBefore, rationaleBefore) = await Read(recruiter, id);
        var taken = await Decide(id, outcome, Text, Kept(hits));

        await RepeatsNoWord(refused);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NoContent), (half.StatusCode, taken.StatusCode));
        Assert.Equal(("ready_for_decision", null), (stateBefore, rationaleBefore));
        Assert.Equal(then, (await Read(recruiter, id)).State);
        await IsStoredWithoutTheWords(id);
    }

    [Fact]
    public async Task A_status_is_not_withdrawn_for_reasons_that_may_point_to_a_person_until_each_place_is_answered()
    {
        var (recruiter, id, _) = await app.Granted();
        var hits = await Scan(id, "rationale", Text);

        var refused = await Withdraw(id, Text);
        var before = (await Read(recruiter, id)).State;
        var withdrawn = await Withdraw(id, Text, Kept(hits));

        await RepeatsNoWord(refused);
        Assert.Equal(("granted", HttpStatusCode.NoContent, "withdrawn"), (before, withdrawn.StatusCode, (await Read(recruiter, id)).State));
        await IsStoredWithoutTheWords(id);
    }

    [Theory]
    [InlineData("money")]
    [InlineData("papers")]
    [InlineData("contracts")]
    [InlineData("travel")]
    public async Task No_part_of_a_plan_for_jobseekers_is_saved_that_may_point_to_a_person_until_each_place_is_answered(string part)
    {
        var (recruiter, id, _) = await app.Granted();
        var hits = await Scan(id, part, Text);
        var elsewhere = await Scan(id, part == "money" ? "travel" : "money", Text);

        var refused = await Suspend(id, part);
        var ofAnotherPart = await Suspend(id, part, Kept(elsewhere));
        var before = (await Read(recruiter, id)).State;
        var suspended = await Suspend(id, part, Kept(hits));

        await RepeatsNoWord(refused);
        Assert.Equal((HttpStatusCode.Conflict, "granted"), (ofAnotherPart.StatusCode, before));
        Assert.Equal((HttpStatusCode.NoContent, "suspended"), (suspended.StatusCode, (await Read(recruiter, id)).State));
        await IsStoredWithoutTheWords(id);
    }

    [Fact]
    public async Task A_claim_that_no_audit_can_make_is_no_reason_for_a_grant()
    {
        var (_, id, _) = await app.Audited();
        const string Claim = "The agency is IRIS certified.";

        Assert.Equal("urn:recruitment:scan-hits-open", await AccreditationApp.Problem(await Decide(id, "granted", Claim, Kept(await Scan(id, "rationale", Claim)))));
    }

    [Fact]
    public async Task Each_place_is_shown_to_whoever_decides_here_alone()
    {
        var (recruiter, id, _) = await app.Audited();
        var question = new { where = "rationale", text = Text };

        Assert.Equal(HttpStatusCode.Forbidden, (await app.Recruiter(recruiter).PostAsJsonAsync($"{Root}/applications/{id}/text-scans", question)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.Auditor().PostAsJsonAsync($"{Root}/applications/{id}/text-scans", question)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Decider(app.OtherAuditBody).PostAsJsonAsync($"{Root}/applications/{id}/text-scans", question)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/text-scans", new { where = "summary", text = Text })).StatusCode);
    }

    private sealed record Hit(string Id, string Kind, string Text);

    private sealed record Scanned(List<Hit> Hits);

    private async Task<List<Hit>> Scan(Guid id, string where, string text)
    {
        var answer = await app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/text-scans", new { where, text });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Scanned>())!.Hits;
    }

    private static object[] Kept(IEnumerable<Hit> hits) => [.. hits.Select(h => (object)new { hit = h.Id, reason = Why })];

    private Task<HttpResponseMessage> Decide(Guid id, string outcome, string rationale, params object[] kept) =>
        app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/decision", new { outcome, rationale, kept });

    private Task<HttpResponseMessage> Withdraw(Guid id, string rationale, params object[] kept) =>
        app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", new { action = "withdraw", reasonCode = "deception", rationale, kept });

    private Task<HttpResponseMessage> Suspend(Guid id, string part, params object[] kept)
    {
        var plan = ((string[])["money", "papers", "contracts", "travel"]).ToDictionary(p => p, p => p == part ? Text : "All is given back.");
        return app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", new { action = "suspend", reasonCode = "audit_refused", jobseekerPlan = plan, kept });
    }

    private async Task<(string State, string? Rationale)> Read(Guid recruiter, Guid id)
    {
        var read = (await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!;
        return (read["state"]!.GetValue<string>(), read["rationale"]?.GetValue<string>());
    }

    private static async Task RepeatsNoWord(HttpResponseMessage refused)
    {
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("urn:recruitment:scan-hits-open", await AccreditationApp.Problem(refused));
        var words = await refused.Content.ReadAsStringAsync();
        foreach (var piece in (string[])["Aung", "0812345678", "MB123456", "March"]) Assert.DoesNotContain(piece, words, StringComparison.Ordinal);
    }

    private async Task IsStoredWithoutTheWords(Guid id)
    {
        await using var scope = app.Host.Services.CreateAsyncScope();
        var step = await scope.ServiceProvider.GetRequiredService<AccreditationDb>().Applications.AsNoTracking().Where(a => a.Id == id)
            .SelectMany(a => a.History).OrderByDescending(t => t.Number).FirstAsync(TestContext.Current.CancellationToken);
        Assert.Contains(Why, step.KeptHits, StringComparison.Ordinal);
        Assert.DoesNotContain("0812345678", step.KeptHits, StringComparison.Ordinal);
    }
}

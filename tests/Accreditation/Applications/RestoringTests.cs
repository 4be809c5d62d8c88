using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recruitment.Contracts.Accreditation;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>A suspended status is restored for a written reason. Nothing is published of it but that it happened.</summary>
public sealed class RestoringTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;
    private const string Why = "The agency let the auditor in after all.";

    [Theory]
    [InlineData(null, "urn:recruitment:rationale-missing")]
    [InlineData("Fine.", "urn:recruitment:not-valid")]
    public async Task Without_a_written_reason_it_stays_suspended(string? rationale, string problem)
    {
        var (recruiter, id) = await Suspended();

        var answer = await Restore(id, rationale);

        Assert.Equal(problem, await AccreditationApp.Problem(answer));
        Assert.Equal("suspended", (await Of(app.Recruiter(recruiter), id))["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_recruiter_reads_the_reason_and_the_public_only_that_it_was_restored()
    {
        var (recruiter, id) = await Suspended();
        (await Restore(id, Why)).EnsureSuccessStatusCode();

        var last = (await Of(app.Recruiter(recruiter), id))["history"]!.AsArray().Last()!;
        Assert.Equal(("granted", "restored", Why), (last["to"]!.GetValue<string>(), last["reason"]!.GetValue<string>(), last["rationale"]!.GetValue<string>()));
        var published = (await app.Host.Published<AccreditationChanged, AccreditationDb>()).Where(e => e.AccreditationId == id).MaxBy(e => e.Sequence)!;
        Assert.Equal(("granted", "restored", "restored"), (published.Status, published.StatusReason, published.History[^1].Reason));
        Assert.DoesNotContain(Why, JsonSerializer.Serialize(published), StringComparison.Ordinal);
        Assert.DoesNotContain(Why, await app.SchemeManager().GetStringAsync($"{Root}/applications/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_reason_that_may_point_to_a_person_is_saved_until_each_place_is_answered()
    {
        const string Text = "Mg Aung Min 0812345678 told us so.";
        var (recruiter, id) = await Suspended();
        var scanned = await app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/text-scans", new { where = "rationale", text = Text });
        var hits = (await scanned.Content.ReadFromJsonAsync<JsonObject>())!["hits"]!.AsArray().Select(h => new { hit = h!["id"]!.GetValue<string>(), reason = "Made up for training." }).ToList();

        Assert.Equal("urn:recruitment:scan-hits-open", await AccreditationApp.Problem(await Restore(id, Text)));
        Assert.Equal("suspended", (await Of(app.Recruiter(recruiter), id))["state"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NoContent, (await Restore(id, Text, hits)).StatusCode);
    }

    private async Task<(Guid Recruiter, Guid Id)> Suspended()
    {
        var (recruiter, id, _) = await app.Granted();
        var plan = new { money = "Returned.", papers = "Given back.", contracts = "Honoured.", travel = "Paid." };
        (await app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", new { action = "suspend", reasonCode = "audit_refused", jobseekerPlan = plan })).EnsureSuccessStatusCode();
        return (recruiter, id);
    }

    private Task<HttpResponseMessage> Restore(Guid id, string? rationale, object? kept = null) =>
        app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/status", new { action = "restore", rationale, kept });

    private static async Task<JsonObject> Of(HttpClient reader, Guid id) => (await reader.GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!;
}

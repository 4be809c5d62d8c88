using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Testing;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>A recruiter's own programs are told when its status changes; another recruiter's are not.</summary>
public sealed class StatusWebhookTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    [Fact]
    public async Task A_recruiter_is_told_of_each_change_of_its_own_status_in_ids_and_states()
    {
        await using var mine = await WebhookReceiver.Start();
        await using var theirs = await WebhookReceiver.Start();
        var (recruiter, id, _) = await app.Audited();
        await mine.Open(app.Recruiter(recruiter), "accreditation", "accreditation.status_changed");
        await theirs.Open(app.Recruiter(Guid.CreateVersion7()), "accreditation", "accreditation.status_changed");

        (await AccreditationApp.Decision(app.Decider(), id)).EnsureSuccessStatusCode();
        await Wait.Until(() => Task.FromResult(mine.Heard.Count == 1), "the decision was not told");
        (await app.Decider().PostAsJsonAsync($"{AccreditationApp.Root}/applications/{id}/status", new { action = "withdraw", reasonCode = "at_own_request", rationale = "The recruiter asked for it." })).EnsureSuccessStatusCode();
        await Wait.Until(() => Task.FromResult(mine.Heard.Count == 2), "the withdrawal was not told");

        var told = mine.Heard.Select(h => JsonDocument.Parse(h.Body).RootElement.GetProperty("data")).ToList();
        Assert.Equal(["granted", "withdrawn"], told.Select(d => d.GetProperty("status").GetString()));
        Assert.All(told, d => Assert.Equal(id, d.GetProperty("applicationId").GetGuid()));
        Assert.All(told, d => Assert.Equal(["applicationId", "status"], d.EnumerateObject().Select(p => p.Name)));
        Assert.Empty(theirs.Heard);
    }

    [Theory]
    [InlineData("eligible")]
    [InlineData("deferred")]
    [InlineData("rejected")]
    public async Task A_recruiter_is_told_of_each_outcome_of_the_review(string outcome)
    {
        await using var mine = await WebhookReceiver.Start();
        var (recruiter, id) = await app.Submitted();
        await mine.Open(app.Recruiter(recruiter), "accreditation", "accreditation.status_changed");

        var review = new { outcome, reason = "Licence unreadable.", auditBodyPartyId = outcome == "eligible" ? app.AuditBody : (Guid?)null };
        (await app.SchemeManager().PostAsJsonAsync($"{AccreditationApp.Root}/applications/{id}/review", review)).EnsureSuccessStatusCode();
        await Wait.Until(() => Task.FromResult(!mine.Heard.IsEmpty), "the outcome was not told");

        var told = JsonDocument.Parse(Assert.Single(mine.Heard).Body).RootElement.GetProperty("data");
        Assert.Equal((id, outcome), (told.GetProperty("applicationId").GetGuid(), told.GetProperty("status").GetString()));
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>Nobody grants a status, or takes one away, at a screen that somebody else left open.</summary>
public sealed class LongSignedInTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(16);

    [Fact]
    public async Task Who_signed_in_too_long_ago_decides_nothing_and_after_signing_in_again_sends_the_same_once_more()
    {
        var (_, id, _) = await app.Audited();
        var key = Guid.CreateVersion7().ToString();

        using var old = await Decide(app.Decider(provedAgo: TooLong), id, key);

        Assert.Equal((HttpStatusCode.Unauthorized, "urn:recruitment:sign-in-too-old"), (old.StatusCode, await AccreditationApp.Problem(old)));
        Assert.Contains("max_age=\"900\"", old.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal("ready_for_decision", await State(id));

        using var fresh = await Decide(app.Decider(), id, key);
        Assert.Equal(HttpStatusCode.NoContent, fresh.StatusCode);
        Assert.Equal("granted", await State(id));
    }

    [Fact]
    public async Task Nor_does_she_withdraw_a_status()
    {
        var (_, id, _) = await app.Granted();
        var withdrawal = new { action = "withdraw", reasonCode = "at_own_request", rationale = "It was asked for by the agency itself." };

        using var old = await app.Decider(provedAgo: TooLong).PostAsJsonAsync($"{Root}/applications/{id}/status", withdrawal);

        Assert.Equal((HttpStatusCode.Unauthorized, "urn:recruitment:sign-in-too-old"), (old.StatusCode, await AccreditationApp.Problem(old)));
        Assert.Equal("granted", await State(id));
    }

    [Fact]
    public async Task Reading_asks_for_nothing_of_the_kind()
    {
        var (_, id, _) = await app.Audited();

        using var read = await app.Decider(provedAgo: TimeSpan.FromHours(7)).GetAsync($"{Root}/applications/{id}");

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    private async Task<string> State(Guid id) => (await app.Decider().GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!["state"]!.GetValue<string>();

    private static async Task<HttpResponseMessage> Decide(HttpClient by, Guid id, string key)
    {
        by.DefaultRequestHeaders.Add("Idempotency-Key", key);
        return await AccreditationApp.Decision(by, id);
    }
}

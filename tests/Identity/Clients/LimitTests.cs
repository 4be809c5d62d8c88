using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Recruitment.Identity.Tests.Clients;

/// <summary>A program that asks too often is told when to come again, and nobody else is.</summary>
public sealed class LimitTests(LimitTests.Narrow app) : IClassFixture<LimitTests.Narrow>
{
    [Fact]
    public async Task Token_after_token_is_refused_with_the_time_to_wait_and_wrong_secrets_use_nobodys_share_up()
    {
        var ours = new OwnersProgram(app, Guid.CreateVersion7());
        var ((first, firstSecret), (second, secondSecret)) = (await ours.Make(), await ours.Make());
        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await ours.Token(first, "wrong")).Status);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++) statuses.Add((await ours.Token(first, firstSecret)).Status);

        using var http = app.Browser();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = first, ["client_secret"] = firstSecret, ["scope"] = "api" });
        var refused = await http.PostAsync("connect/token", form);

        Assert.Equal(HttpStatusCode.OK, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal(("application/problem+json", "urn:recruitment:too-many-requests"), (refused.Content.Headers.ContentType?.MediaType, (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await ours.Token(second, secondSecret)).Status);
    }

    [Fact]
    public async Task Request_after_request_at_a_service_is_refused_and_people_and_services_are_not_counted()
    {
        using var machine = app.Bearing(app.Forge("client:busy", "administrator", Guid.CreateVersion7(), "operator"));
        using var person = app.Bearing(app.Forge(Guid.CreateVersion7().ToString(), "administrator", Guid.CreateVersion7(), "operator"));
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 12; i++) answers.Add(await machine.GetAsync("api/v1/identity/people"));

        Assert.Equal(HttpStatusCode.OK, answers[0].StatusCode);
        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("urn:recruitment:too-many-requests", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        for (var i = 0; i < 12; i++) Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("api/v1/identity/people")).StatusCode);
    }

    public sealed class Narrow : IdentityApp
    {
        protected override void Arrange(Dictionary<string, string> settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings["ApiClients:TokensPerMinute"] = "3";
            settings["MachineRequestsPerMinute"] = "5";
        }
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>A status ends, and the recruiter applies again. On a clock of its own, for it is moved by years.</summary>
public sealed class RenewalTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    [Fact]
    public async Task Whoever_holds_a_status_applies_again_when_it_has_ended_and_once()
    {
        var (recruiter, id, _) = await app.Granted();
        var lastDay = DateOnly.Parse((await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!["validTo"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
        var clock = app.Host.Services.GetRequiredService<BusinessClock>();

        clock.MoveTo(lastDay);
        Assert.Equal("urn:recruitment:status-in-force", await AccreditationApp.Problem(await Begin(recruiter)));

        clock.MoveTo(lastDay.AddDays(1));
        Assert.Equal(HttpStatusCode.Created, (await Begin(recruiter)).StatusCode);
        Assert.Equal("urn:recruitment:application-under-way", await AccreditationApp.Problem(await Begin(recruiter)));
        var mine = (await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications"))!["items"]!.AsArray();
        Assert.Equal([("draft", null), ("granted", "expired")], mine.Select(m => (m!["state"]!.GetValue<string>(), m["publicStatus"]?.GetValue<string>())));
    }

    private Task<HttpResponseMessage> Begin(Guid recruiter) =>
        app.Recruiter(recruiter).PostAsJsonAsync($"{Root}/applications", new { corridors = new[] { "MMR-THA" }, sectors = new[] { "C10" } });
}

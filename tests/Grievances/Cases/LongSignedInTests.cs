using System.Net;
using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.Grievances.Tests.Cases;

/// <summary>No case leaves the service for a screen that somebody else left open.</summary>
public sealed class LongSignedInTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    [Fact]
    public async Task Who_signed_in_too_long_ago_unlocks_no_case_whether_there_is_one_or_not_and_still_sees_who_is_in_danger()
    {
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        using var mai = app.Host.Client(Roles.CaseHandler, GrievancesApp.Operator, PartyKinds.Operator, "mai", TimeSpan.FromMinutes(16));

        var answers = new List<(HttpStatusCode, string)>();
        foreach (var asked in (Guid[])[id, Guid.NewGuid()])
        {
            using var refused = await mai.GetAsync(new Uri($"/api/v1/grievances/{asked}/sealed", UriKind.Relative));
            Assert.Contains("max_age=\"900\"", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            answers.Add((refused.StatusCode, await refused.Content.ReadAsStringAsync()));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, answers[0].Item1);
        Assert.Contains("urn:recruitment:sign-in-too-old", answers[0].Item2, StringComparison.Ordinal);
        Assert.DoesNotContain("caseKey", answers[0].Item2, StringComparison.Ordinal);
        Assert.Equal(WithoutTrace(answers[0].Item2), WithoutTrace(answers[1].Item2));
        Assert.Contains(id.ToString(), await mai.GetStringAsync(new Uri("/api/v1/grievances", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal("They keep my passport", (await app.Mai.Read(id)).GetProperty("text").GetString());
    }

    /// <summary>What the two answers say; each has a number of its own.</summary>
    private static string WithoutTrace(string problem) => JsonDocument.Parse(problem).RootElement.GetProperty("detail").GetString()!;
}

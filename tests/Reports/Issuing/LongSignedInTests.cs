using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Reports.Issuing;

namespace Recruitment.Reports.Tests.Issuing;

/// <summary>What is issued is never changed again, so whoever issues has just signed in.</summary>
public sealed class LongSignedInTests(ReportsApp app) : IClassFixture<ReportsApp>
{
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(16);

    [Fact]
    public async Task Who_signed_in_too_long_ago_issues_nothing_and_takes_nothing_back()
    {
        var audit = app.Audit();

        using var old = await app.AsAuditor(provedAgo: TooLong).PostAsJsonAsync("api/v1/reports", new { auditId = audit, languages = new[] { "en" } });

        Assert.Equal((HttpStatusCode.Unauthorized, "urn:recruitment:sign-in-too-old"), (old.StatusCode, await Code(old)));
        Assert.Contains("error=\"insufficient_user_authentication\"", old.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Empty((await app.AsAuditor().GetFromJsonAsync<ListReports.Response>($"api/v1/reports?audit={audit}"))!.Items);
        using var draft = await app.AsAuditor(provedAgo: TooLong).PostAsJsonAsync("api/v1/reports/drafts", new { auditId = audit, languages = new[] { "en" } });
        Assert.Equal(HttpStatusCode.OK, draft.StatusCode);

        var (report, _) = await app.Issued(audit);
        using var revoked = await app.AsAuditor(provedAgo: TooLong).PostAsJsonAsync($"api/v1/reports/{report.Id}/revocations", new { reason = "Wrong grade" });
        Assert.Equal(HttpStatusCode.Unauthorized, revoked.StatusCode);
        Assert.Equal("issued", Assert.Single((await app.AsAuditor().GetFromJsonAsync<ListReports.Response>($"api/v1/reports?audit={audit}"))!.Items).Status);
    }

    private static async Task<string?> Code(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString();
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests;

/// <summary>A service that started before its issuer cannot judge a token: it says so, and sends nobody to sign in again.</summary>
public sealed class IssuerAwayTests
{
    [Fact]
    public async Task A_token_that_cannot_be_judged_is_503_and_none_at_all_is_401()
    {
        await using var host = await ServiceHost<Program>.Start("suppliers", new Dictionary<string, string> { ["MetadataAddress"] = $"http://localhost:{Running.FreePort()}/.well-known/openid-configuration" });

        using var judged = await host.Client(Roles.SupplierUser, Guid.CreateVersion7()).GetAsync(new Uri("/api/v1/suppliers/mine", UriKind.Relative));
        using var stranger = await host.Anonymous().GetAsync(new Uri("/api/v1/suppliers/mine", UriKind.Relative));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.Unauthorized), (judged.StatusCode, stranger.StatusCode));
        Assert.Contains("urn:recruitment:away", await judged.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_token_is_never_401_when_the_issuer_answers_a_moment_later()
    {
        var (asked, discovery) = (0, "");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var starting = builder.Build();
        // Its answer is asked for twice before that counts as none.
        starting.MapGet("/.well-known/openid-configuration", () => Interlocked.Increment(ref asked) <= 2 ? Results.StatusCode(503) : Results.Text(discovery, "application/json"));
        await starting.StartAsync();
        await using var host = await ServiceHost<Program>.Start("suppliers", new Dictionary<string, string> { ["MetadataAddress"] = $"{starting.Urls.Single()}/.well-known/openid-configuration" });
        using (var http = new HttpClient()) discovery = await http.GetStringAsync(new Uri($"{host.Issuer.Address}/.well-known/openid-configuration"));

        var statuses = new List<HttpStatusCode>();
        for (var tries = 0; tries < 4; tries++)
        {
            using var answer = await host.Client(Roles.SupplierUser, Guid.CreateVersion7()).GetAsync(new Uri("/api/v1/suppliers/mine", UriKind.Relative));
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, statuses[0]);
        Assert.DoesNotContain(HttpStatusCode.Unauthorized, statuses);
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, statuses[^1]);
    }
}

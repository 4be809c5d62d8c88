using System.Net;
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
}

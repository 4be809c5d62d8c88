using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Recruitment.Identity.Tests.Clients;

namespace Recruitment.Identity.Tests.Independent;

/// <summary>The issuer as certified programs of others see it: openid-client and oauth4webapi (relying-party.mjs).</summary>
public sealed class RelyingPartyTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Fact]
    public async Task Certified_relying_parties_get_what_they_may_and_the_standards_errors()
    {
        if (await Node.WhyNot() is { } why) Assert.Skip(why);
        var ours = new OwnersProgram(app, Guid.CreateVersion7());
        var (client, secret) = await ours.Make("suppliers.read");
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(pair) { KeyId = "signer" });
        var signer = await ours.Made(new
        {
            name = "signs", role = ours.Role, scopes = new[] { "api" }, jwks = JsonSerializer.Serialize(new { keys = new[] { new { kty = "EC", kid = jwk.Kid, crv = jwk.Crv, x = jwk.X, y = jwk.Y } } }),
        });

        var (exitCode, output) = await Node.Run("relying-party.mjs", new Dictionary<string, string>
        {
            ["ISSUER"] = app.Address.ToString(), ["WEB_SECRET"] = app.Secret("web-client"), ["EMAIL"] = "anna@marisol-pine.example", ["PASSWORD"] = IdentityApp.Password,
            ["CLIENT"] = client, ["CLIENT_SECRET"] = secret, ["SIGNER"] = signer.GetProperty("clientId").GetString()!,
            ["SIGNER_KEY"] = JsonSerializer.Serialize(new { kty = "EC", kid = jwk.Kid, crv = jwk.Crv, x = jwk.X, y = jwk.Y, d = jwk.D }),
        });

        Assert.True(exitCode == 0, output);
        Assert.Equal(4, output.Split('\n').Count(line => line.StartsWith("done: ", StringComparison.Ordinal)));
    }
}

using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Recruitment.Platform;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Recruitment.Bench.Identity;

/// <summary>The peer of the product's issuer: the same library and the same kind of token, ES256 and readable, with one client in its memory and no database. As a process of its own.</summary>
internal static class BareIssuer
{
    public const string Client = "bare";
    public const string Secret = "a secret that this process alone knows";
    public const string Scope = "suppliers.read";

    public static async Task<int> Run(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode();
            server.SetIssuer(address).SetTokenEndpointUris("connect/token").AllowClientCredentialsFlow().RegisterScopes(Scope);
            server.AddSigningKey(new ECDsaSecurityKey(key) { KeyId = "bare" }).AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
            server.DisableAccessTokenEncryption().SetAccessTokenLifetime(TimeSpan.FromMinutes(5));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(Prove));
            server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(Answer));
            server.UseAspNetCore().DisableTransportSecurityRequirement();
        });
        await using var app = builder.Build();
        app.Urls.Add(address);
        await app.StartAsync();
        await Console.Out.WriteLineAsync("ready");
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }

    private static ValueTask Prove(ValidateTokenRequestContext context)
    {
        if (context.ClientId != Client || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.ClientSecret ?? ""), Encoding.UTF8.GetBytes(Secret))) context.Reject(Errors.InvalidClient);
        return ValueTask.CompletedTask;
    }

    private static ValueTask Answer(HandleTokenRequestContext context)
    {
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, $"client:{Client}").SetClaims(Claims.Role, [Roles.BrandAnalyst]).SetClaim("party", Guid.Empty.ToString()).SetClaim("party_kind", PartyKinds.Brand);
        identity.SetScopes(context.Request.GetScopes()).SetResources(Access.Audience);
        context.SignIn(new ClaimsPrincipal(identity).SetDestinations(_ => [Destinations.AccessToken]));
        return ValueTask.CompletedTask;
    }
}

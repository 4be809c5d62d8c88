using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using Recruitment.Identity.Clients;
using Recruitment.Identity.Consents;
using Recruitment.Identity.Keys;
using Recruitment.Platform;

namespace Recruitment.Identity.Tokens;

/// <summary>The OpenID Connect server: code with PKCE (S256 only) for people, client credentials for machines, ES256, readable access tokens.</summary>
internal static class Issuer
{
    /// <summary>The cookie of somebody signed in at the issuer itself.</summary>
    public const string Cookie = "identity";

    /// <summary>With the allowance for clocks in Platform less than a minute: so long an ended membership, or a program that was ended, still works.</summary>
    public static readonly TimeSpan AccessOfOthers = TimeSpan.FromSeconds(45);

    public static void AddIssuer(this IHostApplicationBuilder builder)
    {
        builder.Services.AddAuthentication().AddCookie(Cookie, cookie =>
        {
            cookie.Cookie.Name = "recruitment-identity";
            cookie.Cookie.Path = "/";
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
            cookie.LoginPath = "/identity/sign-in";
            cookie.ReturnUrlParameter = "returnUrl";
        });
        builder.Services.AddOpenIddict()
            .AddCore(core => core.ReplaceApplicationManager<OpenIddictEntityFrameworkCoreApplication, ClientsWithFastSecrets>().UseEntityFrameworkCore().UseDbContext<IdentityDb>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token")
                    .SetEndSessionEndpointUris("connect/end-session").SetIntrospectionEndpointUris("connect/introspect").SetRevocationEndpointUris("connect/revoke");
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowClientCredentialsFlow().AllowRefreshTokenFlow();
                server.RegisterScopes([OpenIddictConstants.Scopes.Profile, OpenIddictConstants.Scopes.Email, .. MachineScopes.All]);
                // Of our own services, whose access nobody ends; people and programs of organisations get less.
                server.SetAccessTokenLifetime(TimeSpan.FromMinutes(5));
                // No leeway: a refresh token used twice ends its whole family.
                server.SetRefreshTokenReuseLeeway(TimeSpan.Zero);
                // Services read the token themselves; plain challenges prove nothing.
                server.DisableAccessTokenEncryption();
                server.Configure(options => options.CodeChallengeMethods.Remove(OpenIddictConstants.CodeChallengeMethods.Plain));
                server.AddEventHandler(LimitTokens.Descriptor).AddEventHandler(OnlyStrongAssertions.Descriptor).AddEventHandler(SayWhetherItStillActs.Descriptor);
                // A page of ours that posts by itself would need a script, and our forms go nowhere else.
                server.Configure(options => options.ResponseModes.RemoveWhere(mode => mode != OpenIddictConstants.ResponseModes.Query));
                server.AddEventHandler(CompleteDiscovery.Descriptor).AddEventHandler(SayWhichScopeIsWrong.OfTokens).AddEventHandler(SayWhichScopeIsWrong.OfPeople).AddEventHandler(AnswerElsewhere.Descriptor);
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough().EnableEndSessionEndpointPassthrough()
                    // What goes wrong where people come in a browser is told on a page of ours; machines at the token endpoint get their JSON all the same.
                    .EnableStatusCodePagesIntegration().DisableTransportSecurityRequirement();
            });
        builder.Services.AddOptions<OpenIddictServerOptions>().Configure<KeyRing, IOptions<PlatformOptions>>(Complete);
    }

    private static void Complete(OpenIddictServerOptions server, KeyRing keys, IOptions<PlatformOptions> platform)
    {
        keys.Apply(server);
        server.Issuer = new Uri(platform.Value.Issuer.TrimEnd('/') + "/");
        // Browsers reach these two by the issuer's address, also when a service read the metadata at an internal one.
        server.AuthorizationEndpointUris.Insert(0, new Uri(server.Issuer, "connect/authorize"));
        server.EndSessionEndpointUris.Insert(0, new Uri(server.Issuer, "connect/end-session"));
    }
}

using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Recruitment.Platform;

/// <summary>Bearer tokens from a standard OpenID Connect issuer, and a fallback policy that denies.</summary>
public static class Access
{
    /// <summary>The authentication scheme of every API.</summary>
    public const string Scheme = "api";

    /// <summary>The audience that access tokens for these services carry.</summary>
    public const string Audience = "recruitment-api";

    private static readonly object IssuerIsAway = new();

    /// <summary>Only callers with one of these roles.</summary>
    public static TBuilder RequireRoles<TBuilder>(this TBuilder endpoint, params string[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().RequireRole(roles).Build());

    internal static void AddAccess(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<Caller>();
        builder.Services.AddAuthentication().AddJwtBearer(Scheme, _ => { });
        builder.Services.AddOptions<JwtBearerOptions>(Scheme).Configure<IOptions<PlatformOptions>, TimeProvider>(Configure).PostConfigure(FollowIssuer.Strictly);
        builder.Services.AddHostedService<FollowIssuer>();
        builder.Services.AddSingleton<JudgeSignIn>();
        builder.Services.AddSingleton<IAuthorizationHandler>(provider => provider.GetRequiredService<JudgeSignIn>());
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, MachineAccess>();

        builder.Services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().Build())
            // An endpoint that says nothing is closed: to strangers with 401, to everyone else with 403.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().RequireAssertion(_ => false).Build());
    }

    private static void Configure(JwtBearerOptions bearer, IOptions<PlatformOptions> platform, TimeProvider time)
    {
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(new KnownTokens(time));
        bearer.Authority = platform.Value.Issuer;
        if (platform.Value.MetadataAddress is { Length: > 0 } metadata) bearer.MetadataAddress = metadata;
        bearer.RequireHttpsMetadata = platform.Value.IsReadFromOutside;
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = platform.Value.Issuer,
            // OpenIddict writes its issuer with a trailing slash, others without: the same issuer.
            ValidIssuers = [platform.Value.Issuer.TrimEnd('/'), platform.Value.Issuer.TrimEnd('/') + "/"],
            ValidAudience = Audience,
            ValidTypes = platform.Value.AccessTokenTypes is { Count: > 0 } types ? types : ["at+jwt"],
            // Those with a key pair: a shared secret would let every service make tokens for every other.
            ValidAlgorithms =
            [
                SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
                SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.RsaSha256,
            ],
            RoleClaimType = "role",
            NameClaimType = "sub",
            // Small, for it lengthens the life of an ended membership.
            ClockSkew = TimeSpan.FromSeconds(10),
        };
        bearer.Events = new() { OnMessageReceived = KnowTheIssuer, OnChallenge = SayWhenTheIssuerIsAway };
    }

    /// <summary>A service that has never reached its issuer knows no key, and cannot say of any token that it is wrong. Asked here, so that the answer does not hang on whether the issuer came back meanwhile.</summary>
    private static async Task KnowTheIssuer(MessageReceivedContext context)
    {
        if (context.Request.Headers.Authorization.Count == 0 || context.Options.ConfigurationManager is not { } issuer) return;
        try
        {
            await issuer.GetConfigurationAsync(context.HttpContext.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            context.HttpContext.Items[IssuerIsAway] = true;
            context.NoResult();
        }
    }

    /// <summary>Whoever holds a good token must not be told to sign in again.</summary>
    private static Task SayWhenTheIssuerIsAway(JwtBearerChallengeContext context)
    {
        if (!context.HttpContext.Items.ContainsKey(IssuerIsAway)) return Task.CompletedTask;

        context.HandleResponse();
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }
}

using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Texts;
using Recruitment.Identity.Tokens;
using Recruitment.Platform;

namespace Recruitment.Identity.Sessions;

/// <summary>The issuer's own cookie: names a session and proves to be the browser's, and is worth nothing once that session has ended.</summary>
internal static class SessionCookie
{
    /// <summary>The policy of pages that are about whoever is signed in here.</summary>
    public const string Policy = "session";

    public static void AddSessions(this IHostApplicationBuilder builder)
    {
        builder.AddOwnOptions<SessionOptions>("Identity:Sessions").Validate(o => o.IsRight,
            "Identity:Sessions: LongestHours and IdleHours are 1 to 720, KeptDays is 1 to 366, LastSeenTo is hour or day.").ValidateOnStart();
        builder.Services.AddScoped<OpenSessions>();
        builder.Services.AddAuthorizationBuilder().AddPolicy(Policy, new AuthorizationPolicyBuilder(Issuer.Cookie).RequireAuthenticatedUser().Build());
        builder.Services.AddOptions<CookieAuthenticationOptions>(Issuer.Cookie).Configure<IOptions<PlatformOptions>, IOptions<SessionOptions>>(Configure);
        // One that a neighbouring host could plant would let it choose the mark of our forms.
        builder.Services.AddOptions<AntiforgeryOptions>().Configure<IOptions<PlatformOptions>>((forms, platform) =>
        {
            if (IsOverTls(platform.Value)) forms.Cookie = new OverTls { Name = "__Host-recruitment-identity-form", Path = "/", HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true };
        });
    }

    private static void Configure(CookieAuthenticationOptions cookie, IOptions<PlatformOptions> platform, IOptions<SessionOptions> sessions)
    {
        cookie.Cookie.HttpOnly = true;
        // The session knows when it ends; the cookie itself ends with the browser, or at the latest then.
        cookie.ExpireTimeSpan = TimeSpan.FromHours(sessions.Value.LongestHours);
        cookie.SlidingExpiration = false;
        cookie.Events.OnValidatePrincipal = async context =>
        {
            if (await context.HttpContext.RequestServices.GetRequiredService<OpenSessions>().IsOpen(context.Principal!)) return;
            context.RejectPrincipal();
        };
        cookie.Events.OnRedirectToLogin = context =>
        {
            context.Response.Redirect(new UriBuilder(context.RedirectUri) { Path = Spoken.Path(Spoken.LanguageOf(context.HttpContext), "sign-in") }.Uri.AbsoluteUri);
            return Task.CompletedTask;
        };
        if (IsOverTls(platform.Value)) Harden(cookie.Cookie, Name);
    }

    private const string Name = "recruitment-identity";

    public static bool IsOverTls(PlatformOptions platform) => platform.Issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    /// <summary>The prefix makes browsers refuse a cookie of this name from a neighbouring host or without TLS.</summary>
    public static void Harden(CookieBuilder cookie, string name)
    {
        cookie.Name = $"__Host-{name}";
        cookie.Path = "/";
        cookie.SecurePolicy = CookieSecurePolicy.Always;
    }

    /// <summary>Forms refuse to work with a policy that demands TLS where it ends before this process; the browser, which has it, is told all the same.</summary>
    private sealed class OverTls : CookieBuilder
    {
        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var options = base.Build(context, expiresFrom);
            options.Secure = true;
            return options;
        }
    }
}

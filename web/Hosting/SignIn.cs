using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Recruitment.Platform;

namespace Recruitment.Web.Hosting;

/// <summary>The web is a client of a standard OpenID Connect issuer; the browser holds a cookie that names a ticket in our database, never a token.</summary>
internal static class SignIn
{
    public const string Cookie = "web";
    public const string Issuer = "oidc";

    /// <summary>Leads whoever signed in to the first page of that role.</summary>
    public const string ToFirstPage = "/signed-in";

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ITicketStore, DatabaseTickets>();
        builder.Services.AddAuthentication()
            .AddCookie(Cookie, cookie =>
            {
                cookie.Cookie.Name = "recruitment";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
                cookie.SlidingExpiration = true;
                cookie.LoginPath = "/sign-in";
                cookie.AccessDeniedPath = "/error/403";
                cookie.Events.OnRedirectToLogin = SignInAgain.Redirect;
            })
            .AddOpenIdConnect(Issuer, _ => { });
        builder.Services.AddOptions<CookieAuthenticationOptions>(Cookie).Configure<ITicketStore, IOptions<PlatformOptions>>((cookie, tickets, platform) =>
        {
            cookie.SessionStore = tickets;
            if (!platform.Value.Issuer.StartsWith("https:", StringComparison.Ordinal)) return;

            // The prefix makes browsers refuse a cookie of this name from a neighbouring host or without TLS.
            cookie.Cookie.Name = "__Host-recruitment";
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        });
        builder.Services.AddOptions<OpenIdConnectOptions>(Issuer).Configure<IOptions<PlatformOptions>, Secrets>(Configure);
        builder.Services.AddSingleton<Renewals>();
        builder.Services.AddTransient<ForwardToken>();
        builder.Services.AddTransient<HearStepUp>();
        builder.Services.Configure<Microsoft.AspNetCore.Mvc.MvcOptions>(mvc => mvc.Filters.Add<SignInAgain>());

        var authorization = builder.Services.AddAuthorizationBuilder();
        foreach (var (_, roles) in Readers.Folders)
        {
            authorization.AddPolicy(Readers.PolicyOf(roles), new AuthorizationPolicyBuilder(Cookie)
                .RequireAuthenticatedUser().RequireAssertion(c => roles.Any(role => c.User.HasClaim("role", role))).Build());
        }
    }

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/sign-in", (string? returnUrl) => Results.Challenge(
            new AuthenticationProperties { RedirectUri = Local(returnUrl) }, [Issuer])).AllowAnonymous().ExcludeFromDescription();
        app.MapGet(Confirmation.Address, (string? returnUrl, IOptions<PlatformOptions> platform) => Results.Challenge(
            new OpenIdConnectChallengeProperties(new Dictionary<string, string?> { [Confirmation.Asked] = "" }) { RedirectUri = Local(returnUrl), MaxAge = Confirmation.AskedAgainAfter(platform.Value) }, [Issuer])).AllowAnonymous().ExcludeFromDescription();
        app.MapGet(ToFirstPage, async (HttpContext context) =>
        {
            var ticket = await context.AuthenticateAsync(Cookie);
            return Results.Redirect(Readers.FirstPage(role => ticket.Principal?.HasClaim("role", role) ?? false));
        }).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/sign-out", async (HttpContext context, Microsoft.AspNetCore.Antiforgery.IAntiforgery antiforgery) =>
        {
            // The token in the page names its reader, so the reader must be known before it is checked.
            var ticket = await context.AuthenticateAsync(Cookie);
            if (ticket.Succeeded) context.User = ticket.Principal;
            if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
            return Results.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [Cookie, Issuer]);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static void Configure(OpenIdConnectOptions oidc, IOptions<PlatformOptions> platform, Secrets secrets)
    {
        oidc.Authority = platform.Value.Issuer;
        if (platform.Value.MetadataAddress is { Length: > 0 } metadata) oidc.MetadataAddress = metadata;
        oidc.RequireHttpsMetadata = platform.Value.IsReadFromOutside;
        oidc.SignInScheme = Cookie;
        oidc.ClientId = "web";
        oidc.ClientSecret = secrets.Get("web-client");
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.UsePkce = true;
        // By address line, not by a form that submits itself: that needs a script, and a cookie that http on loopback cannot keep.
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.CorrelationCookie.SameSite = SameSiteMode.Lax;
        oidc.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oidc.NonceCookie.SameSite = SameSiteMode.Lax;
        oidc.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oidc.SaveTokens = true;
        oidc.MapInboundClaims = false;
        oidc.CallbackPath = "/sign-in/callback";
        oidc.Events.OnRemoteFailure = FailedSignIn.Answer;
        // One that passed over max_age would be asked again without end.
        oidc.Events.OnTokenValidated = context =>
        {
            if (context.Properties?.Items.ContainsKey(Confirmation.Asked) == true && !context.HttpContext.RequestServices.GetRequiredService<Confirmation>().IsRecent(context.Principal!))
                context.Fail("The issuer was asked for a new sign-in and gave an old one, or does not say when it was.");
            return Task.CompletedTask;
        };
        oidc.SignedOutCallbackPath = "/sign-out/callback";
        // Opened by hand it would be an empty page.
        oidc.Events.OnSignedOutCallbackRedirect = context =>
        {
            context.Response.Redirect(Local(context.Properties?.RedirectUri ?? "/"));
            context.HandleResponse();
            return Task.CompletedTask;
        };
        oidc.Scope.Clear();
        foreach (var scope in new[] { "openid", "profile", "api", "offline_access" }) oidc.Scope.Add(scope);
        oidc.TokenValidationParameters.NameClaimType = "name";
        oidc.TokenValidationParameters.RoleClaimType = "role";
        // OpenIddict writes its issuer with a trailing slash, others without: the same issuer.
        oidc.TokenValidationParameters.ValidIssuers = [platform.Value.Issuer.TrimEnd('/'), platform.Value.Issuer.TrimEnd('/') + "/"];
    }

    /// <summary>The page asked for, if it is one of ours. A browser drops a tab or a line's end from an address, and what is left may lead elsewhere.</summary>
    public static string Local(string? returnUrl) =>
        returnUrl is { Length: > 0 } && returnUrl[0] == '/' && !returnUrl.StartsWith("//", StringComparison.Ordinal) && !returnUrl.StartsWith("/\\", StringComparison.Ordinal) && !returnUrl.Any(char.IsControl)
            ? returnUrl
            : ToFirstPage;
}

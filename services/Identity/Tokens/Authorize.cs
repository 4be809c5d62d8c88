using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Recruitment.Identity.Clients;
using Recruitment.Identity.Consents;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Tokens;

/// <summary>
/// GET or POST /connect/authorize: a code for somebody who is signed in here; everybody else signs in first, and so does who is signed in when the client asks
/// for it: <c>prompt=login</c>, or <c>max_age</c> and it was longer ago (OpenID Connect Core 3.1.2.1). When it was, the id token says as <c>auth_time</c>. For a client that is not ours the person
/// allows it first.
/// </summary>
internal static class Authorize
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/connect/authorize", ["GET", "POST"], Handle).AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();

    private static async Task<IResult> Handle(HttpContext context, IdentityDb db, OpenSessions sessions, Entry entry, AskForConsent consent, Spoken spoken, TimeProvider time, CancellationToken stop)
    {
        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("OpenIddict has not seen this request.");
        var session = await sessions.Current(context);
        if (session is null || IsToProveItAnew(request, session, time)) return Ask(request, Again(context.Request));

        var person = await db.People.AsNoTracking().WithOpenMemberships(time.GetUtcNow().UtcDateTime).SingleAsync(p => p.Id == session.PersonId, stop);
        if (!person.Memberships.Any(m => m.IsOpen))
        {
            await context.SignOutAsync(Issuer.Cookie);
            return Ask(request, "/");
        }
        if (!session.IsOfOrganisation && await entry.MustProtect(person.Id)) return Results.LocalRedirect($"{spoken.Path("account/protect")}?returnUrl={Uri.EscapeDataString(Again(context.Request))}");
        if (entry.IsTooWeak(session)) return Ask(request, Again(context.Request));
        if (request.ClientId != RegisterClients.WebClient) return await consent.Answer(context, request, person, session, stop);
        return Results.SignIn(Claims.Of(person, request.GetScopes(), session), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    /// <summary>A client that wants no page to be shown is told so (OpenID Connect Core 3.1.2.6).</summary>
    private static IResult Ask(OpenIddictRequest request, string andThen) => request.HasPromptValue(OpenIddictConstants.PromptValues.None)
        ? Results.Forbid(new AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = OpenIddictConstants.Errors.LoginRequired }), [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme])
        : Results.Challenge(new AuthenticationProperties { RedirectUri = andThen }, [Issuer.Cookie]);

    private static bool IsToProveItAnew(OpenIddictRequest request, Session session, TimeProvider time) =>
        request.HasPromptValue(OpenIddictConstants.PromptValues.Login)
        || (request.MaxAge is { } seconds && !session.IsProvedWithin(TimeSpan.FromSeconds(seconds), time.GetUtcNow().UtcDateTime));

    /// <summary>The same request without the wish to sign in anew, which is met when it comes back. The client looks at <c>auth_time</c>, so leaving it out wins nothing.</summary>
    private static string Again(HttpRequest request)
    {
        // Whoever wants consent asked for as well still wants it.
        var prompt = AskedFor.In(request).Where(p => p.Key == OpenIddictConstants.Parameters.Prompt).SelectMany(p => p.Value.ToString().Split(' ')).Where(p => p is OpenIddictConstants.PromptValues.Consent).Take(1).ToArray();
        var rest = AskedFor.In(request).Where(p => p.Key is not (OpenIddictConstants.Parameters.Prompt or OpenIddictConstants.Parameters.MaxAge));
        return request.PathBase + request.Path + QueryString.Create(prompt.Length == 0 ? rest : rest.Append(new(OpenIddictConstants.Parameters.Prompt, prompt)));
    }
}

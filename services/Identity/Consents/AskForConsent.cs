using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Recruitment.Identity.Pages;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.SignInClients;
using Recruitment.Identity.Tokens;
using Recruitment.Platform;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Recruitment.Identity.Consents;

/// <summary>What the page says.</summary>
/// <param name="Client">Who asks.</param>
/// <param name="Host">Where the answer goes to.</param>
/// <param name="Email">Of whoever is signed in.</param>
/// <param name="LearnsEmail">Whether it is asked for.</param>
/// <param name="Asked">What comes back with the decision.</param>
/// <param name="Mark">Binds the decision to it.</param>
internal sealed record ConsentView(SignInClient Client, string Host, string Email, bool LearnsEmail, IReadOnlyList<KeyValuePair<string, string>> Asked, string Mark);

/// <summary>A client of an organisation gets a code only when the person allowed it: then, or before for no less than what it asks now. Our own web is not asked about.</summary>
internal sealed class AskForConsent(IdentityDb db, AllowedPrograms allowed, ConsentForm form, IOptions<PlatformOptions> platform)
{
    public async Task<IResult> Answer(HttpContext context, OpenIddictRequest request, Person person, Session session, CancellationToken stop)
    {
        var client = await db.SignInClients.AsNoTracking().SingleOrDefaultAsync(c => c.ClientId == request.ClientId && c.EndedAt == null, stop);
        if (client is null) return Refuse(Errors.UnauthorizedClient);

        var scopes = request.GetScopes();
        var authorization = request.HasPromptValue(PromptValues.Consent) ? null : await allowed.Find(person.Id, client.ClientId, scopes, stop);
        if (authorization is null)
        {
            if (request.HasPromptValue(PromptValues.None)) return Refuse(Errors.ConsentRequired);
            var decision = await form.Read(context, session);
            if (decision == ConsentForm.Deny) return Refuse(Errors.AccessDenied);
            if (decision is null) return new ShownPage<ConsentView>("/Pages/Identity/Consent.cshtml", View(context.Request, request, client, person, session));
            authorization = await allowed.Add(person, session.Id, client.ClientId, scopes, stop);
        }
        var principal = ClaimsForOthers.Of(person, client, scopes, session, platform.Value.Issuer).SetAuthorizationId(authorization);
        return Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private ConsentView View(HttpRequest http, OpenIddictRequest request, SignInClient client, Person person, Session session)
    {
        var to = new Uri(request.RedirectUri!);
        return new(client, to.IsDefaultPort ? to.IdnHost : $"{to.IdnHost}:{to.Port}", person.Email!, request.HasScope(Scopes.Profile) || request.HasScope(Scopes.Email),
            [.. AskedFor.In(http).SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? "")))], form.MarkOf(http, session));
    }

    private static IResult Refuse(string error) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = error }), [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}

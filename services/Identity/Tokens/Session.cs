using System.Globalization;
using System.Security.Claims;
using OpenIddict.Abstractions;
using Recruitment.Identity.People;

namespace Recruitment.Identity.Tokens;

/// <summary>What the issuer's own cookie says: who signed in here, and when that person last proved it.</summary>
internal static class Session
{
    public static ClaimsPrincipal Begin(Person person, TimeProvider time) => new(new ClaimsIdentity(
    [
        new Claim(OpenIddictConstants.Claims.Subject, person.Id.ToString()),
        new Claim(OpenIddictConstants.Claims.AuthenticationTime, time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
    ], Issuer.Cookie));

    /// <summary>Null of a cookie from before this was written in it: nobody knows, so it counts as long ago.</summary>
    public static DateTimeOffset? ProvedAt(ClaimsPrincipal session) =>
        long.TryParse(session.FindFirstValue(OpenIddictConstants.Claims.AuthenticationTime), CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}

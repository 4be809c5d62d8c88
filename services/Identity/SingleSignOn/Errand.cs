using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.Identity.SingleSignOn;

/// <summary>What a browser that was sent to an organisation's provider is to bring back. Sealed in a cookie of this browser, so that nobody's answer is taken in another's.</summary>
/// <param name="Provider">The id of the provider here.</param>
/// <param name="State">Comes back with the answer.</param>
/// <param name="Nonce">Comes back in the id token.</param>
/// <param name="Verifier">Shows the token endpoint that the code was asked for here (RFC 7636).</param>
/// <param name="ReturnUrl">Where the reader wanted to go.</param>
/// <param name="Anew">The provider was asked to have the reader prove it once more.</param>
internal sealed record Errand(Guid Provider, string State, string Nonce, string Verifier, string? ReturnUrl, bool Anew);

/// <summary>Keeps errands in the browser.</summary>
internal sealed class Errands(IDataProtectionProvider protection, IOptions<SingleSignOnOptions> options, IOptions<PlatformOptions> platform)
{
    private const string Path = "/identity";

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("single-sign-on errand").ToTimeLimitedDataProtector();

    private string Cookie => IsSecure ? "__Secure-recruitment-sso" : "recruitment-sso";

    private bool IsSecure => platform.Value.Issuer.StartsWith("https:", StringComparison.Ordinal);

    public Errand Begin(HttpContext http, Guid provider, string? returnUrl, bool anew)
    {
        var errand = new Errand(provider, Random(), Random(), Random(), returnUrl, anew);
        var life = TimeSpan.FromMinutes(options.Value.MinutesAway);
        http.Response.Cookies.Append(Cookie, protector.Protect(JsonSerializer.Serialize(errand), life), new CookieOptions
        {
            Path = Path, HttpOnly = true, Secure = IsSecure, SameSite = SameSiteMode.Lax, MaxAge = life, IsEssential = true,
        });
        return errand;
    }

    /// <summary>Once: the cookie goes with it. Null when there is none, it took too long, or the answer is to another.</summary>
    public Errand? End(HttpContext http, string? state)
    {
        var kept = http.Request.Cookies[Cookie];
        http.Response.Cookies.Delete(Cookie, new CookieOptions { Path = Path, Secure = IsSecure });
        if (kept is null || state is null) return null;
        try
        {
            var errand = JsonSerializer.Deserialize<Errand>(protector.Unprotect(kept))!;
            return CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(errand.State), System.Text.Encoding.UTF8.GetBytes(state)) ? errand : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
}

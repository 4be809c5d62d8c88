using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.Web.Hosting;

/// <summary>Some acts ask whoever is signed in to prove it once more: somebody else may sit before a screen that was left open.</summary>
public sealed class Confirmation(IOptions<PlatformOptions> platform, TimeProvider time)
{
    /// <summary>Leads to the issuer and back to the <c>returnUrl</c>.</summary>
    public const string Address = "/sign-in/confirm";

    /// <summary>Whether the issuer says that this person signed in at most <see cref="PlatformOptions.ConfirmedForMinutes"/> ago. False of an issuer that does not say when.</summary>
    public bool IsRecent(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return long.TryParse(user.FindFirst("auth_time")?.Value, CultureInfo.InvariantCulture, out var seconds)
            && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) <= TimeSpan.FromMinutes(platform.Value.ConfirmedForMinutes);
    }

    /// <summary>Half of the time, so that whoever was not asked has as long left to do what it is for.</summary>
    internal static TimeSpan AskedAgainAfter(PlatformOptions platform) => TimeSpan.FromMinutes(platform.ConfirmedForMinutes) / 2;
}

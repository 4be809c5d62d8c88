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

    /// <summary>Where a tab that was opened to confirm ends, while the form waits in another.</summary>
    public const string Confirmed = "/confirmed";

    /// <summary>Marks a sign-in that was asked for to confirm: it must turn out to be a new one.</summary>
    internal const string Asked = "confirm";

    /// <summary>Whether the issuer says that this person signed in at most <see cref="PlatformOptions.ConfirmedForMinutes"/> ago. False of an issuer that does not say when.</summary>
    public bool IsRecent(ClaimsPrincipal user) => IsWithin(user, TimeSpan.FromMinutes(platform.Value.ConfirmedForMinutes));

    /// <summary>The same with as much time left as whoever is asked gets at least.</summary>
    public bool HasTimeLeft(ClaimsPrincipal user) => IsWithin(user, AskedAgainAfter(platform.Value));

    public static string AddressFor(string returnUrl) => $"{Address}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    /// <summary>Half of the time, so that whoever was not asked has as long left to do what it is for.</summary>
    internal static TimeSpan AskedAgainAfter(PlatformOptions platform) => TimeSpan.FromMinutes(platform.ConfirmedForMinutes) / 2;

    private bool IsWithin(ClaimsPrincipal user, TimeSpan most)
    {
        ArgumentNullException.ThrowIfNull(user);
        return long.TryParse(user.FindFirst("auth_time")?.Value, CultureInfo.InvariantCulture, out var seconds) && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) <= most;
    }
}

using System.Globalization;
using System.Security.Claims;

namespace Recruitment.Web.Tests.SignIn;

/// <summary>When a reader proved who it is, as the issuer says it.</summary>
internal static class SignedIn
{
    public static Claim Ago(TimeSpan time) => new("auth_time", (DateTimeOffset.UtcNow - time).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
}

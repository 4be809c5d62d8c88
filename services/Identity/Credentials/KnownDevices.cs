using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Sessions;
using Recruitment.Platform;

namespace Recruitment.Identity.Credentials;

/// <summary>A cookie that says who has signed in with this browser before. It lets nobody in; it only keeps the guesses of strangers apart from the owner's own.</summary>
internal sealed class KnownDevices(IDataProtectionProvider protection, IOptions<TriesOptions> options, IOptions<PlatformOptions> platform)
{
    private const string Name = "recruitment-device";

    /// <summary>People who share a computer.</summary>
    private const int AtMost = 5;
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("identity.known-device").ToTimeLimitedDataProtector();

    /// <summary>The device's random name when this person has signed in on it; null when not.</summary>
    public string? Of(HttpContext context, Guid person) => All(context).Where(k => k.Person == person).Select(k => k.Device).FirstOrDefault();

    public void Remember(HttpContext context, Guid person)
    {
        var known = All(context);
        var own = known.FirstOrDefault(k => k.Person == person);
        var all = known.Where(k => k.Person != person).Prepend((person, own.Device ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)))).Take(AtMost);
        var lifetime = TimeSpan.FromDays(options.Value.KnownDays);
        context.Response.Cookies.Append(CookieName, protector.Protect(string.Join(',', all.Select(k => $"{k.Item1:N}{k.Item2}")), lifetime), new CookieOptions
        {
            HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lifetime, Secure = SessionCookie.IsOverTls(platform.Value),
        });
    }

    private string CookieName => SessionCookie.IsOverTls(platform.Value) ? $"__Host-{Name}" : Name;

    private List<(Guid Person, string Device)> All(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 } cookie) return [];
        try
        {
            return [.. protector.Unprotect(cookie).Split(',').Select(k => (Guid.ParseExact(k[..32], "N"), k[32..]))];
        }
        catch (CryptographicException)
        {
            return []; // run out, or none of ours
        }
    }
}

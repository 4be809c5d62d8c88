using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;
using Recruitment.Platform;

namespace Recruitment.Identity.Credentials;

/// <summary>A cookie that says who has signed in with this browser before. It lets nobody in; it only keeps the guesses of strangers apart from the owner's own.</summary>
internal sealed class KnownDevices(IDataProtectionProvider protection, IOptions<TriesOptions> options, IOptions<PlatformOptions> platform)
{
    private const string Name = "recruitment-device";

    /// <summary>People who share a computer.</summary>
    private const int AtMost = 5;

    private const int Id = 32, Stamp = 16;
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("identity.known-device").ToTimeLimitedDataProtector();

    /// <summary>Somebody for as long as he has this password; another one makes all his devices unknown but that on which he is remembered anew.</summary>
    /// <param name="Owner">Who, with his password of then.</param>
    /// <param name="Device">A random name.</param>
    public readonly record struct Known(string Owner, string Device);

    /// <summary>As a cookie names this person now.</summary>
    public static string OwnerOf(Person person) => $"{person.Id:N}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(person.SecurityStamp ?? "")))[..Stamp]}";

    /// <summary>The device's random name when this person has signed in on it and has not changed his password elsewhere since; null when not.</summary>
    public string? Of(HttpContext context, Person person) => All(context).Where(k => k.Owner == OwnerOf(person)).Select(k => k.Device).FirstOrDefault();

    /// <summary>Whom the cookie names, whoever it is that asks.</summary>
    public IReadOnlyList<Known> Of(HttpContext context) => All(context);

    public void Remember(HttpContext context, Person person)
    {
        var known = All(context);
        var own = known.FirstOrDefault(k => IsOf(k, person));
        var all = known.Where(k => !IsOf(k, person)).Prepend(new(OwnerOf(person), own.Device ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)))).Take(AtMost);
        var lifetime = TimeSpan.FromDays(options.Value.KnownDays);
        context.Response.Cookies.Append(CookieName, protector.Protect(string.Join(',', all.Select(k => k.Owner + k.Device)), lifetime), new CookieOptions
        {
            HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lifetime, Secure = SessionCookie.IsOverTls(platform.Value),
        });
    }

    private string CookieName => SessionCookie.IsOverTls(platform.Value) ? $"__Host-{Name}" : Name;

    private static bool IsOf(Known known, Person person) => known.Owner.StartsWith(person.Id.ToString("N"), StringComparison.Ordinal);

    private List<Known> All(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 } cookie) return [];
        try
        {
            return [.. protector.Unprotect(cookie).Split(',').Select(k => new Known(k[..(Id + Stamp)], k[(Id + Stamp)..]))];
        }
        catch (CryptographicException)
        {
            return []; // run out, or none of ours
        }
    }
}

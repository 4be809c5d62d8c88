using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;
using Recruitment.Platform;

namespace Recruitment.Identity.Credentials;

/// <summary>Somebody whose password was right and who has the second step before him. A cookie says so for ten minutes; it opens nothing else.</summary>
internal sealed class Halfway(IDataProtectionProvider protection, UserManager<Person> people, IOptions<PlatformOptions> platform)
{
    private const string Name = "recruitment-halfway";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("identity.halfway").ToTimeLimitedDataProtector();

    public void Begin(HttpContext context, Person person) => context.Response.Cookies.Append(CookieName, protector.Protect($"{person.Id:N}{person.SecurityStamp}", Lasts), Cookie());

    /// <summary>Null when the time is over, or the password was changed meanwhile.</summary>
    public async Task<Person?> Find(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 } cookie) return null;
        try
        {
            var said = protector.Unprotect(cookie);
            return await people.FindByIdAsync(Guid.ParseExact(said[..32], "N").ToString()) is { } person && person.SecurityStamp == said[32..] ? person : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void End(HttpContext context) => context.Response.Cookies.Delete(CookieName, Cookie());

    private string CookieName => SessionCookie.IsOverTls(platform.Value) ? $"__Host-{Name}" : Name;

    private CookieOptions Cookie() => new() { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Path = "/", Secure = SessionCookie.IsOverTls(platform.Value) };
}

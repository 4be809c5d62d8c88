using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.Texts;
using Recruitment.Platform;
using LinkOptions = Recruitment.Identity.Credentials.LinkOptions;

namespace Recruitment.Identity.People;

/// <summary>
/// Before an account is made, whoever makes it proves to read the mails of its address. Else whoever has a link, as its maker does, could try who has an account: the answer is the same for every address, and what differs is
/// in a mail to that address alone. In a demonstration, which no other machine can reach, and of the first account of all, there is nothing to find out.
/// </summary>
internal sealed class JoinProof(IDataProtectionProvider protection, UserManager<Person> people, Notices notices, Tries tries, Spoken spoken, IdentityDb db, IOptions<PlatformOptions> platform, IOptions<LinkOptions> options)
{
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("identity.join").ToTimeLimitedDataProtector();

    public async Task<bool> IsNeeded() => !platform.Value.IsDemonstration && await db.People.AnyAsync();

    /// <summary>Sends what proves it, or to whoever has an account that there is one. Nobody is told which.</summary>
    public async Task Ask(string token, string email)
    {
        // Whoever has a link is not kept from his mail by strangers who ask for others to his address.
        if (!await tries.Allows(Tries.Mails, email, device: null) && !await tries.Allows(Tries.Mails, email, $"link-{OneTimeLink.HashOf(token)}")) return;

        var proof = protector.Protect($"{OneTimeLink.HashOf(token)}{email}", TimeSpan.FromHours(options.Value.OtherHours));
        // An account that only says to have this address does not keep its owner out.
        if (await people.FindByEmailAsync(email) is { EmailConfirmed: true }) notices.AddPage(email, "join-known", "sign-in", spoken.Language);
        else notices.AddPage(email, "join", $"join?token={Uri.EscapeDataString(token)}&proof={proof}", spoken.Language);
        await db.SaveChangesAsync();
    }

    /// <summary>The address that was proved for this link; null when none was, or long ago.</summary>
    public string? Read(string token, string? proof)
    {
        if (string.IsNullOrEmpty(proof)) return null;
        try
        {
            var (said, hash) = (protector.Unprotect(proof), OneTimeLink.HashOf(token));
            return said.StartsWith(hash, StringComparison.Ordinal) ? said[hash.Length..] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

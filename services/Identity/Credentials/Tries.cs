using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.Identity.Credentials;

/// <summary>
/// Counts tries where every replica sees them. Whoever comes with a cookie of a device that this person has signed in on before is counted by that device, everybody else
/// together for the account (OWASP, "device cookies"): so strangers who guess lock each other out, and never the owner.
/// </summary>
internal sealed class Tries(IdentityDb db, Secrets secrets, TimeProvider time, ILookupNormalizer names, IOptions<TriesOptions> options)
{
    public const string Passwords = "password", Codes = "code", Mails = "mail";

    /// <summary>Counts this try before it is looked at, so that many at once count as many. False when there were too many.</summary>
    public async Task<bool> Allows(string what, string account, string? device)
    {
        var (limit, minutes) = LimitOf(what);
        return await Count(KeyOf(what, account, device), minutes) <= limit;
    }

    /// <summary>One more wrong code after the right password, from wherever: true at the one at which the owner of the account is to hear of it, once a day.</summary>
    public async Task<bool> IsToBeTold(string account) => await Count(KeyOf("wrong-code", account, device: null), 24 * 60) == options.Value.WrongCodesTold;

    private async Task<int> Count(string key, int minutes)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var before = now.AddMinutes(-minutes);
        var counted = await db.Database.SqlQuery<int>(
            $"""
            INSERT INTO "Tries" ("Key", "Since", "Count") VALUES ({key}, {now}, 1)
            ON CONFLICT ("Key") DO UPDATE SET
                "Count" = CASE WHEN "Tries"."Since" < {before} THEN 1 ELSE "Tries"."Count" + 1 END,
                "Since" = CASE WHEN "Tries"."Since" < {before} THEN excluded."Since" ELSE "Tries"."Since" END
            RETURNING "Count" AS "Value"
            """).ToListAsync();
        return counted.Single();
    }

    /// <summary>It was right, and counts for nothing.</summary>
    public async Task WasRight(string what, string account, string? device)
    {
        var (key, longAgo) = (KeyOf(what, account, device), time.GetUtcNow().UtcDateTime.AddDays(-1));
        await db.Set<TriesOfKey>().Where(t => t.Key == key && t.Count > 0).ExecuteUpdateAsync(set => set.SetProperty(t => t.Count, t => t.Count - 1));
        await db.Set<TriesOfKey>().Where(t => t.Since < longAgo).ExecuteDeleteAsync();
    }

    private (int Limit, int Minutes) LimitOf(string what) => what switch
    {
        Passwords => (options.Value.Passwords, options.Value.Minutes),
        Codes => (options.Value.Codes, options.Value.Minutes),
        _ => (options.Value.MailsPerHour, 60),
    };

    /// <summary>As accounts are found: what finds the same account counts for the same. Keyed, so that the table says of nobody that he has an account, or was tried.</summary>
    private string KeyOf(string what, string account, string? device) => $"{what}:" + (device is null
        ? Convert.ToHexStringLower(HMACSHA256.HashData(secrets.GetKey(CredentialKeys.Secret), Encoding.UTF8.GetBytes($"tries\n{names.NormalizeEmail(account.Trim())}")))
        : $"device:{device}");
}

/// <summary>How often something was tried since a moment.</summary>
internal sealed class TriesOfKey
{
    public string Key { get; init; } = "";
    public DateTime Since { get; init; }
    public int Count { get; init; }
}

/// <summary>How often somebody may guess, under Identity:Tries.</summary>
internal sealed class TriesOptions
{
    /// <summary>Passwords for one account from all unknown devices together, or from one known device. Default 10; 3 to 100.</summary>
    public int Passwords { get; set; } = 10;

    /// <summary>Codes of the second step, counted likewise. Default 5; 3 to 20.</summary>
    public int Codes { get; set; } = 5;

    /// <summary>Within so many minutes. Default 5; 1 to 1440.</summary>
    public int Minutes { get; set; } = 5;

    /// <summary>Mails with a link that anybody can ask for, per address and hour; as many from each device on which its owner has signed in, whatever others ask for. Default 3; 1 to 20.</summary>
    public int MailsPerHour { get; set; } = 3;

    /// <summary>After so many wrong codes of the second step within a day, each after the right password, the owner is told. Default 3; 1 to 20.</summary>
    public int WrongCodesTold { get; set; } = 3;

    /// <summary>So many days a device on which somebody has signed in stays known. Default 180; 1 to 400.</summary>
    public int KnownDays { get; set; } = 180;

    internal bool IsRight => Passwords is >= 3 and <= 100 && Codes is >= 3 and <= 20 && Minutes is >= 1 and <= 1440 && MailsPerHour is >= 1 and <= 20 && KnownDays is >= 1 and <= 400 && WrongCodesTold is >= 1 and <= 20;
}

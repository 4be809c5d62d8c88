using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;

namespace Recruitment.Identity.Credentials;

/// <summary>Passkeys, by the framework's own checks. What a page asked a browser for travels with its form, sealed, for ten minutes, and counts once.</summary>
internal sealed class Passkeys(IPasskeyHandler<Person> handler, UserManager<Person> people, IdentityDb db, IDataProtectionProvider protection, TimeProvider time)
{
    private const int LongestName = 60;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>What the browser is asked, and what the form brings back.</summary>
    public sealed record Asked(string Options, string State);

    public async Task<Asked> ToAdd(HttpContext context, Person person)
    {
        var made = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = person.Id.ToString(), Name = person.Email!, DisplayName = person.Email! }, context);
        return new(made.CreationOptionsJson, Protector("add", person).Protect(made.AttestationState!, Lasts));
    }

    /// <summary>False when the browser's answer is none to what this person was asked.</summary>
    public async Task<bool> Add(HttpContext context, Person person, string name, string credential, string state)
    {
        if (Open("add", person, state) is not { } asked) return false;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = asked });
        if (!result.Succeeded || await people.FindByPasskeyIdAsync(result.Passkey.CredentialId) is not null || !await Spend(asked)) return false;
        result.Passkey.Name = name.Length > LongestName ? name[..LongestName] : name;
        return (await people.AddOrUpdatePasskeyAsync(person, result.Passkey)).Succeeded;
    }

    /// <summary>Of anybody whom the browser knows, or of this person alone.</summary>
    public async Task<Asked> ToProve(HttpContext context, Person? person = null)
    {
        var made = await handler.MakeRequestOptionsAsync(person!, context);
        return new(made.RequestOptionsJson, Protector("prove", person).Protect(made.AssertionState!, Lasts));
    }

    /// <summary>Who has proved to have a passkey; null when nobody has.</summary>
    public async Task<Person?> Prove(HttpContext context, string credential, string state, Person? person = null)
    {
        if (Open("prove", person, state) is not { } asked) return null;
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = asked });
        if (!result.Succeeded || !await Spend(asked)) return null;
        // The counter of a key that has one goes on from here.
        return (await people.AddOrUpdatePasskeyAsync(result.User, result.Passkey)).Succeeded ? result.User : null;
    }

    /// <summary>The same answer sent a second time is refused, in whichever replica it arrives.</summary>
    private async Task<bool> Spend(string asked)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await db.Set<SpentChallenge>().Where(s => s.Until < now).ExecuteDeleteAsync();
        var (hash, until) = (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked))), now + Lasts);
        return await db.Database.ExecuteSqlAsync($"""INSERT INTO "SpentChallenges" ("Hash", "Until") VALUES ({hash}, {until}) ON CONFLICT ("Hash") DO NOTHING""") == 1;
    }

    private string? Open(string purpose, Person? person, string state)
    {
        try
        {
            return Protector(purpose, person).Unprotect(state);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Protector(string purpose, Person? person) =>
        protection.CreateProtector("identity.passkeys", purpose, person?.Id.ToString() ?? "anybody").ToTimeLimitedDataProtector();
}

/// <summary>What a browser was asked and has answered, until nobody could answer it any more anyway.</summary>
internal sealed class SpentChallenge
{
    public string Hash { get; init; } = "";
    public DateTime Until { get; init; }
}

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace Recruitment.Identity.Credentials;

/// <summary>What somebody has besides a password: an authenticator app, passkeys, and recovery codes for the day on which they are lost.</summary>
internal sealed class SecondSteps(IdentityDb db, CredentialKeys keys, TimeProvider time)
{
    private const int CodesAtOnce = 10;

    /// <summary>Its own clock may be a step ahead or behind.</summary>
    private static readonly VerificationWindow Window = new(1, 1);

    public sealed record Had(bool App, int Passkeys, int Codes)
    {
        public bool Any => App || Passkeys > 0;
    }

    public async Task<Had> Of(Guid person) => new(
        await db.Authenticators.AnyAsync(a => a.PersonId == person),
        await db.Set<IdentityUserPasskey<Guid>>().CountAsync(p => p.UserId == person),
        await db.RecoveryCodes.CountAsync(c => c.PersonId == person && c.UsedAt == null));

    public static string NewSecret() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(20));

    /// <summary>What an authenticator app reads from the square. It shows the product's name and the address.</summary>
    public static string AddressOf(string secret, string email, string product) =>
        $"otpauth://totp/{Uri.EscapeDataString($"{product}:{email}")}?secret={secret}&issuer={Uri.EscapeDataString(product)}&algorithm=SHA1&digits=6&period=30";

    /// <summary>Takes the app for this person when the code shows that the app has the secret. That code is spent.</summary>
    public async Task<bool> Add(Guid person, string secret, string code)
    {
        var plain = Base32Encoding.ToBytes(secret);
        if (StepOf(plain, code) is not { } step) return false;
        await db.Authenticators.Where(a => a.PersonId == person).ExecuteDeleteAsync();
        db.Authenticators.Add(Authenticator.Of(person, keys.Seal(person, plain), step, Now));
        await db.SaveChangesAsync();
        return true;
    }

    /// <summary>Whether the app shows this code now. Each works once, however many try it at the same moment.</summary>
    public async Task<bool> IsRight(Guid person, string code)
    {
        if (await db.Authenticators.AsNoTracking().SingleOrDefaultAsync(a => a.PersonId == person) is not { } app) return false;
        return StepOf(keys.Open(person, app.Sealed), code) is { } step
            && await db.Authenticators.Where(a => a.PersonId == person && a.LastStep < step).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastStep, step)) == 1;
    }

    /// <summary>Whether this is one of the codes on paper that was not used. It is now.</summary>
    public async Task<bool> Spend(Guid person, string typed)
    {
        var (hash, now) = (RecoveryCode.HashOf(person, typed), Now);
        return await db.RecoveryCodes.Where(c => c.PersonId == person && c.Hash == hash && c.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now)) == 1;
    }

    /// <summary>Ten new codes to be shown once; those from before are worth nothing any more. Saves, within the transaction of whoever has one.</summary>
    public async Task<IReadOnlyList<string>> NewCodes(Guid person)
    {
        var all = Enumerable.Range(0, CodesAtOnce).Select(_ => RecoveryCode.New(person)).ToList();
        await using var together = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync() : null;
        await db.RecoveryCodes.Where(c => c.PersonId == person).ExecuteDeleteAsync();
        db.RecoveryCodes.AddRange(all.Select(c => c.Kept));
        await db.SaveChangesAsync();
        if (together is not null) await together.CommitAsync();
        return [.. all.Select(c => c.Shown)];
    }

    public Task<int> RemoveApp(Guid person) => db.Authenticators.Where(a => a.PersonId == person).ExecuteDeleteAsync();

    /// <summary>The app, every passkey and every code. With the transaction of whoever asks.</summary>
    public async Task RemoveAll(Guid person)
    {
        await RemoveApp(person);
        await db.RecoveryCodes.Where(c => c.PersonId == person).ExecuteDeleteAsync();
        await db.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == person).ExecuteDeleteAsync();
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private long? StepOf(byte[] secret, string code) =>
        new Totp(secret).VerifyTotp(Now, new string([.. code.Where(char.IsAsciiDigit)]), out var step, Window) ? step : null;
}

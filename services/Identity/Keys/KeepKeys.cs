using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Recruitment.Platform;

namespace Recruitment.Identity.Keys;

/// <summary>
/// Makes the next key in time, lets the old one go when nothing made with it is valid any more, and sees what other replicas did. Before the server answers for the
/// first time, and then every few seconds.
/// </summary>
internal sealed class KeepKeys(IServiceScopeFactory scopes, KeyRing ring, Secrets secrets, IOptions<KeyOptions> options, TimeProvider time, IOptionsMonitor<OpenIddictServerOptions> server, ILogger<KeepKeys> log) : BackgroundService
{
    /// <summary>What the keys in the database are sealed with.</summary>
    public const string Secret = "issuer-keys";

    /// <summary>For clocks that differ, and for answers under way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Look(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var every = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.LookedAtEverySeconds), time);
        while (await every.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // What is held goes on: without its database the issuer gives no token anyway.
                KeepKeysLog.CouldNotLook(log, problem.GetType().Name);
            }
        }
    }

    /// <summary>Reads the keys, and makes and lets go what is due. Of replicas that find the same due one does it, and the others read what it did.</summary>
    public async Task Look(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var keys = await db.Keys.AsNoTracking().ToListAsync(stop);
        if (IsSomethingDue(keys, Now))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            keys = await BringUpToDate(db, stop);
            await transaction.CommitAsync(stop);
        }
        ring.Hold(keys, Under, Now);
        if (IsOver(keys, Now).Count > 0) await LetGo(db, stop);
    }

    /// <summary>Within the caller's transaction: what is left is complete again.</summary>
    public async Task<List<IssuerKey>> BringUpToDate(IdentityDb db, CancellationToken stop)
    {
        await OneAtATime.Wait(db, nameof(KeepKeys), stop);
        var (keys, now) = (await db.Keys.ToListAsync(stop), Now);
        foreach (var use in new[] { IssuerKey.Signing, IssuerKey.Encryption })
        {
            var ofUse = keys.Where(k => k.Use == use).ToList();
            if (ofUse.SingleOrDefault(k => k.Counts && k.UsedFrom > now) is { } published)
            {
                if (!ofUse.Any(k => k.IsUsed(now))) published.BeginNow(now);
                continue;
            }
            if (Next(use, ofUse, now) is not { } next) continue;

            ofUse.SingleOrDefault(k => k.IsUsed(now))?.GiveWayTo(next);
            db.Keys.Add(next);
            keys.Add(next);
        }
        await db.SaveChangesAsync(stop);
        return keys;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private byte[] Under => secrets.GetKey(Secret);

    private bool IsSomethingDue(List<IssuerKey> keys, DateTime now) =>
        new[] { IssuerKey.Signing, IssuerKey.Encryption }.Any(use => UsedFromOfNext([.. keys.Where(k => k.Use == use)], now) is not null);

    /// <summary>When the key that has to be made now will be used; null when none has to be.</summary>
    private DateTime? UsedFromOfNext(List<IssuerKey> ofUse, DateTime now)
    {
        if (ofUse.SingleOrDefault(k => k.IsUsed(now)) is not { } used) return now;

        var before = TimeSpan.FromHours(options.Value.PublishedBeforeHours);
        var ends = used.UsedFrom.AddDays(options.Value.UsedForDays);
        if (used.UsedUntil is not null || ends - before > now) return null;
        return ends > now + before ? ends : now + before;
    }

    private IssuerKey? Next(string use, List<IssuerKey> ofUse, DateTime now)
    {
        if (UsedFromOfNext(ofUse, now) is not { } from) return null;
        if (use == IssuerKey.Encryption)
        {
            // From before there was a table: what is valid stays valid.
            return ofUse.Count == 0 && secrets.IsThere("token-encryption-key")
                ? IssuerKey.NewEncryption("token-encryption-key", secrets.GetKey("token-encryption-key"), Under, now, from)
                : IssuerKey.NewEncryption(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), AtRest.NewKey(), Under, now, from);
        }
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (ofUse.Count == 0 && secrets.IsThere("token-signing-key")) pair.ImportFromPem(secrets.Get("token-signing-key"));
        return IssuerKey.NewSigning(pair, Under, now, from);
    }

    private async Task LetGo(IdentityDb db, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await OneAtATime.Wait(db, nameof(KeepKeys), stop);
        db.ChangeTracker.Clear();
        var keys = await db.Keys.ToListAsync(stop);
        foreach (var over in IsOver(keys, Now)) over.Forget();
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        ring.Hold(keys, Under, Now);
    }

    private List<IssuerKey> IsOver(List<IssuerKey> keys, DateTime now) => [.. keys.Where(k => k.Counts && k.UsedUntil + LongestLived() + Margin <= now)];

    /// <summary>Of everything that is signed or encrypted here.</summary>
    private TimeSpan LongestLived()
    {
        var lifetimes = server.CurrentValue;
        return new[] { lifetimes.RefreshTokenLifetime, lifetimes.AuthorizationCodeLifetime, lifetimes.IdentityTokenLifetime, lifetimes.AccessTokenLifetime }.Max() ?? TimeSpan.FromDays(3650);
    }
}

internal static partial class KeepKeysLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The issuer's keys could not be looked at ({Problem}); those that are known go on.")]
    public static partial void CouldNotLook(ILogger log, string problem);
}

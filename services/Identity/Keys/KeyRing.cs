using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace Recruitment.Identity.Keys;

/// <summary>The keys that count at this moment, as this process last read them. When they change, so does the running server, without a restart.</summary>
internal sealed class KeyRing : IOptionsChangeTokenSource<OpenIddictServerOptions>, IDisposable
{
    private readonly Lock oneAtATime = new();
    private readonly Dictionary<string, SecurityKey> opened = [];
    private volatile IReadOnlyList<SecurityKey>? signing;
    private volatile IReadOnlyList<SecurityKey>? encryption;
    private CancellationTokenSource changed = new();

    public string? Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(Volatile.Read(ref changed).Token);

    /// <summary>The one in use first: with it tokens are made. All are accepted.</summary>
    /// <param name="keys">Those that count.</param>
    /// <param name="under">What they are sealed with.</param>
    /// <param name="now">At which moment.</param>
    public void Hold(IEnumerable<IssuerKey> keys, byte[] under, DateTime now)
    {
        var ordered = keys.Where(k => k.Counts).OrderByDescending(k => k.IsUsed(now)).ThenByDescending(k => k.UsedFrom).ThenBy(k => k.Id, StringComparer.Ordinal).ToList();
        lock (oneAtATime)
        {
            var (toSign, toEncrypt) = (Opened(ordered, IssuerKey.Signing, under), Opened(ordered, IssuerKey.Encryption, under));
            if (signing is not null && signing.SequenceEqual(toSign) && encryption!.SequenceEqual(toEncrypt)) return;

            (signing, encryption) = (toSign, toEncrypt);
            // Whoever listens asks for the next token at once, so that one must be there before.
            using var before = Interlocked.Exchange(ref changed, new());
            before.Cancel();
        }
    }

    public void Apply(OpenIddictServerOptions server)
    {
        if (signing is null) throw new InvalidOperationException("The issuer was asked before its keys were read.");
        foreach (var key in signing) server.SigningCredentials.Add(new(key, SecurityAlgorithms.EcdsaSha256));
        foreach (var key in encryption!) server.EncryptionCredentials.Add(new(key, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
    }

    public void Dispose() => changed.Dispose();

    /// <summary>The same objects as before: tokens are being signed with them meanwhile.</summary>
    private List<SecurityKey> Opened(IEnumerable<IssuerKey> keys, string use, byte[] under)
    {
        var list = new List<SecurityKey>();
        foreach (var key in keys.Where(k => k.Use == use))
        {
            if (!opened.TryGetValue(key.Id, out var known)) opened[key.Id] = known = Open(key, under);
            list.Add(known);
        }
        return list;
    }

    private static SecurityKey Open(IssuerKey key, byte[] under)
    {
        byte[] bytes;
        try
        {
            bytes = key.Open(under);
        }
        catch (CryptographicException)
        {
            throw new InvalidOperationException($"'Secrets:{KeepKeys.Secret}' is not the one that the issuer's keys in the database were sealed with: give it as every other replica has it, or bring its file back (docs/operations.md).");
        }
        if (key.Use == IssuerKey.Encryption) return new SymmetricSecurityKey(bytes) { KeyId = key.Id };

#pragma warning disable CA2000 // Lives as long as the process.
        var pair = ECDsa.Create();
#pragma warning restore CA2000
        pair.ImportPkcs8PrivateKey(bytes, out _);
        return new ECDsaSecurityKey(pair) { KeyId = key.Id };
    }
}

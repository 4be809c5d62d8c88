using System.Security.Cryptography;
using System.Text;
using Recruitment.Platform;

namespace Recruitment.Identity.Keys;

/// <summary>A key that tokens are made with, sealed under a secret that is not in the database. One whose time is over keeps its row and loses its content.</summary>
internal sealed class IssuerKey
{
    /// <summary>Signs every token (ES256); its public half is published.</summary>
    public const string Signing = "signing";

    /// <summary>Encrypts codes and refresh tokens, which only the issuer opens; never published.</summary>
    public const string Encryption = "encryption";

    /// <summary>As tokens name it (<c>kid</c>).</summary>
    public string Id { get; private init; } = "";

    public string Use { get; private init; } = "";

    /// <summary>PKCS #8, or the bytes of a symmetric key. Null when nothing made with it counts any more.</summary>
    public byte[]? Sealed { get; private set; }

    public DateTime MadeAt { get; private init; }

    /// <summary>Tokens are made with it from here on.</summary>
    public DateTime UsedFrom { get; private set; }

    /// <summary>When the next one took, or will take, its place; null while there is none.</summary>
    public DateTime? UsedUntil { get; private set; }

    /// <summary>When an administrator said that nothing made with it counts; null when nobody did.</summary>
    public DateTime? RetiredAt { get; private set; }

    /// <summary>What was made with it is accepted.</summary>
    public bool Counts => Sealed is not null;

    /// <summary>New tokens are made with it.</summary>
    public bool IsUsed(DateTime now) => Counts && UsedFrom <= now && !(UsedUntil <= now);

    public static IssuerKey NewSigning(ECDsa key, byte[] under, DateTime now, DateTime usedFrom) =>
        Make(Signing, Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16], key.ExportPkcs8PrivateKey(), under, now, usedFrom);

    public static IssuerKey NewEncryption(string id, byte[] key, byte[] under, DateTime now, DateTime usedFrom) => Make(Encryption, id, key, under, now, usedFrom);

    public byte[] Open(byte[] under) => AtRest.Open(under, Sealed!, About(Use, Id));

    public void GiveWayTo(IssuerKey next) => UsedUntil = next.UsedFrom;

    /// <summary>The one that it was to follow is gone before its time.</summary>
    public void BeginNow(DateTime now) => UsedFrom = now;

    /// <summary>The next one will not come after all.</summary>
    public void StayOn() => UsedUntil = null;

    public void Retire(DateTime now)
    {
        (RetiredAt, UsedUntil) = (now, UsedUntil < now ? UsedUntil : now);
        Forget();
    }

    public void Forget() => Sealed = null;

    private static IssuerKey Make(string use, string id, byte[] key, byte[] under, DateTime now, DateTime usedFrom) =>
        new() { Id = id, Use = use, Sealed = AtRest.Seal(under, key, About(use, id)), MadeAt = now, UsedFrom = usedFrom };

    private static byte[] About(string use, string id) => Encoding.UTF8.GetBytes($"issuer key {use} {id}");
}

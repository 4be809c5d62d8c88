using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Recruitment.Platform;

/// <summary>An X25519 key pair, raw 32-byte keys.</summary>
public sealed record HpkeKeyPair(byte[] PublicKey, byte[] PrivateKey);

/// <summary>Sealing to a public key: HPKE (RFC 9180) base mode, single shot, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.</summary>
/// <remarks>
/// Composed from the framework's HKDF and AES-GCM and BouncyCastle's X25519; held to the RFC's vectors by tests. A sealed message is the
/// 32-byte encapsulated key followed by the ciphertext with its tag. The handler's browser speaks the same with WebCrypto.
/// </remarks>
public static class Hpke
{
    public const int KeyLength = 32;
    private const int TagLength = 16;
    private static readonly byte[] KemSuite = [.. "KEM"u8, 0x00, 0x20];
    private static readonly byte[] HpkeSuite = [.. "HPKE"u8, 0x00, 0x20, 0x00, 0x01, 0x00, 0x02];

    public static HpkeKeyPair NewKeyPair()
    {
        var secret = new X25519PrivateKeyParameters(new SecureRandom());
        return new(secret.GeneratePublicKey().GetEncoded(), secret.GetEncoded());
    }

    public static byte[] PublicKeyOf(byte[] privateKey) => new X25519PrivateKeyParameters(privateKey).GeneratePublicKey().GetEncoded();

    /// <summary>Only the holder of the recipient's private key opens it; <paramref name="info"/> and <paramref name="aad"/> must be the same when opening.</summary>
    public static byte[] Seal(byte[] recipientPublicKey, byte[] info, byte[] aad, byte[] plaintext) =>
        SealWith(NewKeyPair(), recipientPublicKey, info, aad, plaintext);

    /// <summary>Opens what <see cref="Seal"/> or a browser sealed.</summary>
    /// <exception cref="CryptographicException">Another key, another purpose, or a changed byte.</exception>
    public static byte[] Open(byte[] privateKey, byte[] info, byte[] aad, byte[] message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Length < KeyLength + TagLength) throw new CryptographicException("The sealed message is too short.");

        var encapsulated = message[..KeyLength];
        var shared = Decapsulate(Agree(privateKey, encapsulated), encapsulated, PublicKeyOf(privateKey));
        var (key, nonce) = Schedule(shared, info);
        var ciphertext = message.AsSpan(KeyLength, message.Length - KeyLength - TagLength);
        var plaintext = new byte[ciphertext.Length];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(nonce, ciphertext, message.AsSpan(message.Length - TagLength), plaintext, aad);
        return plaintext;
    }

    /// <summary>With a given ephemeral key, for the RFC's vectors alone.</summary>
    internal static byte[] SealWith(HpkeKeyPair ephemeral, byte[] recipientPublicKey, byte[] info, byte[] aad, byte[] plaintext)
    {
        var shared = Decapsulate(Agree(ephemeral.PrivateKey, recipientPublicKey), ephemeral.PublicKey, recipientPublicKey);
        var (key, nonce) = Schedule(shared, info);
        var sealedBytes = new byte[KeyLength + plaintext.Length + TagLength];
        ephemeral.PublicKey.CopyTo(sealedBytes, 0);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plaintext, sealedBytes.AsSpan(KeyLength, plaintext.Length), sealedBytes.AsSpan(KeyLength + plaintext.Length), aad);
        return sealedBytes;
    }

    private static byte[] Agree(byte[] privateKey, byte[] publicKey)
    {
        var shared = new byte[KeyLength];
        try
        {
            new X25519PrivateKeyParameters(privateKey).GenerateSecret(new X25519PublicKeyParameters(publicKey), shared, 0);
        }
        catch (InvalidOperationException problem)
        {
            throw new CryptographicException("The public key is not usable.", problem);
        }
        return shared;
    }

    private static byte[] Decapsulate(byte[] dh, byte[] encapsulated, byte[] recipientPublicKey) =>
        LabeledExpand(KemSuite, LabeledExtract(KemSuite, [], "eae_prk", dh), "shared_secret", [.. encapsulated, .. recipientPublicKey], KeyLength);

    private static (byte[] Key, byte[] Nonce) Schedule(byte[] shared, byte[] info)
    {
        byte[] context = [0x00, .. LabeledExtract(HpkeSuite, [], "psk_id_hash", []), .. LabeledExtract(HpkeSuite, [], "info_hash", info)];
        var secret = LabeledExtract(HpkeSuite, shared, "secret", []);
        return (LabeledExpand(HpkeSuite, secret, "key", context, 32), LabeledExpand(HpkeSuite, secret, "base_nonce", context, 12));
    }

    private static byte[] LabeledExtract(byte[] suite, byte[] salt, string label, byte[] input) =>
        HKDF.Extract(HashAlgorithmName.SHA256, [.. "HPKE-v1"u8, .. suite, .. Encoding.ASCII.GetBytes(label), .. input], salt);

    private static byte[] LabeledExpand(byte[] suite, byte[] key, string label, byte[] info, int length)
    {
        var size = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)length);
        return HKDF.Expand(HashAlgorithmName.SHA256, key, length, [.. size, .. "HPKE-v1"u8, .. suite, .. Encoding.ASCII.GetBytes(label), .. info]);
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Evidence;

/// <summary>AES-256-GCM twice: a key per file for its chunks, and the operator's secret around that key. The database alone opens nothing.</summary>
internal sealed class EvidenceKeys(Secrets secrets)
{
    public const int ChunkSize = 256 << 10;
    private const int TagSize = 16;
    private const int NonceSize = 12;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    public byte[] Wrap(byte[] key, Guid evidence)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        return [.. nonce, .. Seal(secrets.GetKey("accreditation-evidence"), nonce, key, evidence.ToByteArray())];
    }

    public byte[] Unwrap(byte[] wrapped, Guid evidence) =>
        Open(secrets.GetKey("accreditation-evidence"), wrapped.AsSpan(0, NonceSize), wrapped.AsSpan(NonceSize), evidence.ToByteArray());

    /// <summary>The chunk's number is its nonce (a key seals one file only); number and last mark are bound in, so that chunks cannot be swapped or cut off.</summary>
    public static byte[] SealChunk(byte[] key, Guid evidence, int number, bool last, ReadOnlySpan<byte> plain) => Seal(key, Nonce(number), plain, Bound(evidence, number, last));

    public static byte[] OpenChunk(byte[] key, Guid evidence, int number, bool last, ReadOnlySpan<byte> sealedChunk) => Open(key, Nonce(number), sealedChunk, Bound(evidence, number, last));

    private static byte[] Seal(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, byte[] bound)
    {
        using var aes = new AesGcm(key, TagSize);
        var result = new byte[plain.Length + TagSize];
        aes.Encrypt(nonce, plain, result.AsSpan(0, plain.Length), result.AsSpan(plain.Length), bound);
        return result;
    }

    private static byte[] Open(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedBytes, byte[] bound)
    {
        using var aes = new AesGcm(key, TagSize);
        var plain = new byte[sealedBytes.Length - TagSize];
        aes.Decrypt(nonce, sealedBytes[..plain.Length], sealedBytes[plain.Length..], plain, bound);
        return plain;
    }

    private static byte[] Nonce(int number)
    {
        var nonce = new byte[NonceSize];
        BinaryPrimitives.WriteInt32BigEndian(nonce.AsSpan(8), number);
        return nonce;
    }

    private static byte[] Bound(Guid evidence, int number, bool last)
    {
        var bound = new byte[21];
        evidence.TryWriteBytes(bound);
        BinaryPrimitives.WriteInt32BigEndian(bound.AsSpan(16), number);
        bound[20] = last ? (byte)1 : (byte)0;
        return bound;
    }
}

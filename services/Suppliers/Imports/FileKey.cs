using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>Encrypts uploaded lists at rest: AES-256-GCM, a random nonce per piece, bound to its import and place.</summary>
internal sealed class FileKey(Secrets secrets)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly Lazy<byte[]> key = new(() => SHA256.HashData(Encoding.UTF8.GetBytes(secrets.Get("suppliers-files"))));

    public byte[] Seal(Guid import, int index, ReadOnlySpan<byte> plain)
    {
        var whole = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceSize));
        using var aes = new AesGcm(key.Value, TagSize);
        aes.Encrypt(whole.AsSpan(0, NonceSize), plain, whole.AsSpan(NonceSize, plain.Length), whole.AsSpan(NonceSize + plain.Length), Place(import, index));
        return whole;
    }

    public byte[] Open(Guid import, int index, ReadOnlySpan<byte> whole)
    {
        var plain = new byte[whole.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key.Value, TagSize);
        aes.Decrypt(whole[..NonceSize], whole[NonceSize..^TagSize], whole[^TagSize..], plain, Place(import, index));
        return plain;
    }

    private static byte[] Place(Guid import, int index)
    {
        var place = new byte[20];
        import.TryWriteBytes(place);
        BinaryPrimitives.WriteInt32LittleEndian(place.AsSpan(16), index);
        return place;
    }
}

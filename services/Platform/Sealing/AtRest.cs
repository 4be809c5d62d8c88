using System.Security.Cryptography;

namespace Recruitment.Platform;

/// <summary>The one way in which content is encrypted where it is stored: AES-256-GCM, written as nonce, ciphertext, tag.</summary>
public static class AtRest
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    /// <param name="key">32 bytes. The nonce is random, so a key may seal at most some 2^32 times.</param>
    /// <param name="plain">What is sealed.</param>
    /// <param name="about">What it belongs to and its place there: opens only together with the same, so that sealed pieces cannot be exchanged.</param>
    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> about)
    {
        var whole = new byte[NonceLength + plain.Length + TagLength];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(whole.AsSpan(0, NonceLength), plain, whole.AsSpan(NonceLength, plain.Length), whole.AsSpan(NonceLength + plain.Length), about);
        return whole;
    }

    /// <exception cref="CryptographicException">Another key, another place, changed or cut off.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> about)
    {
        if (whole.Length < NonceLength + TagLength) throw new AuthenticationTagMismatchException();
        var plain = new byte[whole.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(whole[..NonceLength], whole[NonceLength..^TagLength], whole[^TagLength..], plain, about);
        return plain;
    }
}

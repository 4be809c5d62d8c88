using System.Security.Cryptography;

namespace Recruitment.Grievances.Erasure;

/// <summary>The outer layer of everything that opens a case: AES-256-GCM under the case's erasure key, bound to what it wraps.</summary>
internal sealed record CaseWrapping(Guid Id, byte[] Key)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public byte[] Wrap(byte[] content)
    {
        var wrapped = new byte[NonceLength + content.Length + TagLength];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceLength));
        using var aes = new AesGcm(Key, TagLength);
        aes.Encrypt(wrapped.AsSpan(0, NonceLength), content, wrapped.AsSpan(NonceLength, content.Length), wrapped.AsSpan(NonceLength + content.Length), Id.ToByteArray());
        return wrapped;
    }

    public byte[] Unwrap(byte[] wrapped)
    {
        var content = new byte[wrapped.Length - NonceLength - TagLength];
        using var aes = new AesGcm(Key, TagLength);
        aes.Decrypt(wrapped.AsSpan(0, NonceLength), wrapped.AsSpan(NonceLength, content.Length), wrapped.AsSpan(NonceLength + content.Length), content, Id.ToByteArray());
        return content;
    }
}

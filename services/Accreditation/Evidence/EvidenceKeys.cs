using System.Buffers.Binary;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Evidence;

/// <summary>Encrypted twice: a key per file for its chunks, and the operator's secret around that key. The database alone opens nothing.</summary>
internal sealed class EvidenceKeys(Secrets secrets)
{
    public const int ChunkSize = 256 << 10;

    public byte[] Wrap(byte[] key, Guid evidence) => AtRest.Seal(secrets.GetKey("accreditation-evidence"), key, evidence.ToByteArray());

    public byte[] Unwrap(byte[] wrapped, Guid evidence) => AtRest.Open(secrets.GetKey("accreditation-evidence"), wrapped, evidence.ToByteArray());

    /// <summary>Number and last mark are bound in, so that chunks cannot be swapped or cut off.</summary>
    public static byte[] SealChunk(byte[] key, Guid evidence, int number, bool last, ReadOnlySpan<byte> plain) => AtRest.Seal(key, plain, Bound(evidence, number, last));

    public static byte[] OpenChunk(byte[] key, Guid evidence, int number, bool last, ReadOnlySpan<byte> sealedChunk) => AtRest.Open(key, sealedChunk, Bound(evidence, number, last));

    private static byte[] Bound(Guid evidence, int number, bool last)
    {
        var bound = new byte[21];
        evidence.TryWriteBytes(bound);
        BinaryPrimitives.WriteInt32BigEndian(bound.AsSpan(16), number);
        bound[20] = last ? (byte)1 : (byte)0;
        return bound;
    }
}

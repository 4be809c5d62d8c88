using System.Buffers.Binary;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>Encrypts uploaded lists where they wait to be read; each piece is bound to its import and place.</summary>
internal sealed class FileKey(Secrets secrets)
{
    private readonly Lazy<byte[]> key = new(() => secrets.GetKey("suppliers-files"));

    public byte[] Seal(Guid import, int index, ReadOnlySpan<byte> plain) => AtRest.Seal(key.Value, plain, Place(import, index));

    public byte[] Open(Guid import, int index, ReadOnlySpan<byte> whole) => AtRest.Open(key.Value, whole, Place(import, index));

    private static byte[] Place(Guid import, int index)
    {
        var place = new byte[20];
        import.TryWriteBytes(place);
        BinaryPrimitives.WriteInt32LittleEndian(place.AsSpan(16), index);
        return place;
    }
}

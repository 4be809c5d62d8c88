namespace Recruitment.Suppliers.Imports;

/// <summary>An uploaded list as a stream one can seek in, one piece in memory at a time.</summary>
internal sealed class StoredFile(long length, Func<int, byte[]> piece) : Stream
{
    public const int PieceSize = 256 << 10;
    private (int Index, byte[] Bytes) current = (-1, []);

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (Position >= length || buffer.Length == 0) return 0;

        var index = (int)(Position / PieceSize);
        if (current.Index != index) current = (index, piece(index));
        var from = (int)(Position % PieceSize);
        var count = Math.Min(buffer.Length, current.Bytes.Length - from);
        current.Bytes.AsSpan(from, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush() { }
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

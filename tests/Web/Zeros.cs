namespace Recruitment.Web.Tests;

/// <summary>That many bytes without holding them; the length is announced, as browsers do.</summary>
internal sealed class Zeros(long length) : Stream
{
    private long position;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get => position; set => position = value; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = (int)Math.Min(length - position, count);
        position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => position + offset, _ => length + offset };

    public override void Flush() => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>XML as it comes, but no text or tag longer than a row of a list may be: a reader keeps each of them whole in memory.</summary>
/// <remarks>Also ends a part that unpacks to more than it may, whatever the archive says of its own size.</remarks>
internal sealed class ShortTokens(Stream inner, long most) : Stream
{
    private const int Longest = 4 * SizeLimits.SupplierListRow;
    private long read;
    private int run;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => read; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var length = inner.Read(buffer);
        if ((read += length) > most)
            throw new UnreadableListException("workbook-too-large", "The workbook unpacks to far more than a list needs. Save the list as CSV and upload that.");

        for (var rest = (ReadOnlySpan<byte>)buffer[..length]; ;)
        {
            var next = rest.IndexOf((byte)'<');
            run += next < 0 ? rest.Length : next;
            if (run > Longest)
                throw new UnreadableListException("row-too-long", $"A cell of the workbook is longer than {SizeLimits.SupplierListRow} characters. Check that it holds one site per row.");
            if (next < 0) return length;

            run = 0;
            rest = rest[(next + 1)..];
        }
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Recruitment.Reports.Pdf;

/// <summary>One incremental update of a PDF with a classic cross-reference table, as Chromium writes it: the original bytes stay, changes follow.</summary>
internal sealed partial class PdfUpdate
{
    private readonly byte[] original;
    private readonly string text; // Latin-1: one character per byte, so that positions are the same.
    private readonly Dictionary<int, int> offsets = [];
    private readonly SortedDictionary<int, byte[]> changed = [];
    private readonly int previous;
    private int size;

    public PdfUpdate(byte[] original)
    {
        this.original = original;
        text = Encoding.Latin1.GetString(original);
        previous = Number(text.LastIndexOf("startxref", StringComparison.Ordinal) + 9);
        if (!text.AsSpan(previous).StartsWith("xref")) throw new InvalidDataException("The PDF has no classic cross-reference table.");

        var trailer = text[text.LastIndexOf("trailer", StringComparison.Ordinal)..];
        size = int.Parse(SizeEntry().Match(trailer).Groups[1].Value, CultureInfo.InvariantCulture);
        Root = Reference(trailer, "Root");
        Info = Reference(trailer, "Info");
        ReadTable();
    }

    public int Root { get; }

    public int Info { get; }

    public IEnumerable<int> Numbers => offsets.Keys;

    /// <summary>The object's text between "obj" and "endobj" (or its stream).</summary>
    public string Dictionary(int number)
    {
        var start = text.IndexOf(" obj", offsets[number], StringComparison.Ordinal) + 4;
        var end = text.IndexOf("endobj", start, StringComparison.Ordinal);
        var stream = text.IndexOf("stream", start, StringComparison.Ordinal);
        return text[start..(stream >= 0 && stream < end ? stream : end)].Trim();
    }

    /// <summary>The content of a Flate stream.</summary>
    public string Inflate(int number)
    {
        var dictionary = Dictionary(number);
        var start = text.IndexOf("stream", offsets[number], StringComparison.Ordinal) + 6;
        if (text[start] == '\r') start++;
        start++;
        var length = int.Parse(LengthEntry().Match(dictionary).Groups[1].Value, CultureInfo.InvariantCulture);
        using var inflater = new ZLibStream(new MemoryStream(original, start, length), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        inflater.CopyTo(plain);
        return Encoding.Latin1.GetString(plain.ToArray());
    }

    public int Add(string body)
    {
        Replace(size, body);
        return size++;
    }

    public void Replace(int number, string body) => changed[number] = Encoding.Latin1.GetBytes(body);

    public int AddStream(string dictionary, byte[] content)
    {
        ReplaceStream(size, dictionary, content);
        return size++;
    }

    public void ReplaceStream(int number, string dictionary, byte[] content) => changed[number] =
    [
        .. Encoding.Latin1.GetBytes($"<<{dictionary}/Length {content.Length}>>\nstream\n"), .. content, .. "\nendstream"u8,
    ];

    public static byte[] Deflate(string content)
    {
        using var packed = new MemoryStream();
        using (var deflater = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflater.Write(Encoding.Latin1.GetBytes(content));
        return packed.ToArray();
    }

    /// <summary>The whole file: the original, the changed objects, and a table that points back to the first.</summary>
    public byte[] Save(string fileId)
    {
        using var file = new MemoryStream();
        file.Write(original);
        if (original[^1] != '\n') file.WriteByte((byte)'\n');
        var table = new StringBuilder("xref\n");
        foreach (var (number, body) in changed)
        {
            table.Append(CultureInfo.InvariantCulture, $"{number} 1\n{file.Position:D10} 00000 n \n");
            file.Write(Encoding.Latin1.GetBytes($"{number} 0 obj\n"));
            file.Write(body);
            file.Write("\nendobj\n"u8);
        }
        var start = file.Position;
        table.Append(CultureInfo.InvariantCulture,
            $"trailer\n<</Size {size}/Root {Root} 0 R/Info {Info} 0 R/Prev {previous}/ID [<{fileId}><{fileId}>]>>\nstartxref\n{start}\n%%EOF\n");
        file.Write(Encoding.Latin1.GetBytes(table.ToString()));
        return file.ToArray();
    }

    private void ReadTable()
    {
        var lines = text[previous..text.IndexOf("trailer", previous, StringComparison.Ordinal)].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var number = 0;
        foreach (var line in lines.Skip(1))
        {
            var parts = line.Split(' ');
            if (parts.Length == 2) number = int.Parse(parts[0], CultureInfo.InvariantCulture);
            else if (parts[2] == "n") offsets[number++] = int.Parse(parts[0], CultureInfo.InvariantCulture);
            else number++;
        }
    }

    private int Number(int from) => int.Parse(Digits().Match(text, from).Value, CultureInfo.InvariantCulture);

    private static int Reference(string dictionary, string key) =>
        int.Parse(Regex.Match(dictionary, $@"/{key} (\d+) 0 R").Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"/Size (\d+)")]
    private static partial Regex SizeEntry();

    [GeneratedRegex(@"/Length (\d+)")]
    private static partial Regex LengthEntry();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}

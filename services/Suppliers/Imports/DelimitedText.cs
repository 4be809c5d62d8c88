using System.Text;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>Reads delimited text (RFC 4180, and what spreadsheets make of it) row by row, in constant memory.</summary>
/// <remarks>Written here because a missing quote must be told with its line, before it swallows the rest of the file.</remarks>
internal static class DelimitedText
{
    public static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>Rows that are empty altogether are left out.</summary>
    public static IEnumerable<string[]> Read(TextReader text, char delimiter, bool forgiving = false)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var (line, opened, size) = (1, 0, 0);
        var (quoted, wasQuoted) = (false, false);
        var buffer = new char[8192];
        var (length, at) = (0, 0);

        while (true)
        {
            var next = Next();
            if (next < 0)
            {
                if (quoted && !forgiving)
                    throw new UnreadableListException("quote-not-closed", $"A quotation mark that opens in line {opened} is never closed. Close it or remove it, then upload the list again.");
                if (!IsEmpty()) yield return Row();
                yield break;
            }

            var c = (char)next;
            if (++size > SizeLimits.SupplierListRow)
            {
                throw new UnreadableListException("row-too-long", quoted
                    ? $"The row that begins before line {line} is longer than {SizeLimits.SupplierListRow} characters: a quotation mark that opens in line {opened} is probably never closed."
                    : $"The row at line {line} is longer than {SizeLimits.SupplierListRow} characters. Check that the file is a list with one site per line.");
            }
            if (c == '\n' || (c == '\r' && Peek() != '\n')) line++;

            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (Peek() == '"') field.Append((char)Next());
                else quoted = false;
            }
            else if (c == '"' && field.Length == 0 && !wasQuoted) (quoted, wasQuoted, opened) = (true, true, line);
            else if (c == delimiter) Close();
            else if (c is '\r' or '\n')
            {
                if (c == '\r' && Peek() == '\n') continue;
                if (!IsEmpty()) yield return Row();
                fields.Clear();
                field.Clear();
                (size, wasQuoted) = (0, false);
            }
            else field.Append(c);
        }

        int Next() => at < length || Fill() ? buffer[at++] : -1;

        int Peek() => at < length || Fill() ? buffer[at] : -1;

        bool Fill()
        {
            (length, at) = (text.Read(buffer, 0, buffer.Length), 0);
            return length > 0;
        }

        void Close()
        {
            fields.Add(field.ToString());
            field.Clear();
            wasQuoted = false;
        }

        bool IsEmpty() => field.Length == 0 && !wasQuoted && fields.TrueForAll(string.IsNullOrWhiteSpace);

        string[] Row()
        {
            Close();
            return [.. fields];
        }
    }

    /// <summary>The delimiter under which most first rows have the same number of fields, more than one if any does.</summary>
    public static char Guess(string beginning)
    {
        if (beginning.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && beginning.Length > 4 && Delimiters.Contains(beginning[4])) return beginning[4];
        return Delimiters.MaxBy(d => Score(beginning, d));
    }

    private static int Score(string beginning, char delimiter)
    {
        try
        {
            var rows = Read(new StringReader(beginning), delimiter, forgiving: true).Take(40).ToList();
            var recognised = rows.Take(10).Select(r => Columns.Recognised(r)).DefaultIfEmpty().Max();
            var usual = rows.Select(r => r.Length).GroupBy(n => n).MaxBy(g => g.Count() * (g.Key > 1 ? 2 : 1));
            return (recognised * 1000) + (usual is { Key: > 1 } ? usual.Count() : 0);
        }
        catch (UnreadableListException)
        {
            return -1; // under this delimiter it is not a table
        }
    }
}

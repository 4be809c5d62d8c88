using System.Security.Cryptography;
using System.Text;

namespace Recruitment.Risk.Reference;

/// <summary>Reads a facts file: UTF-8, comma separated, quoted where needed, a header row.</summary>
internal static class FactFile
{
    public static IReadOnlyList<Fact> Read(string name, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var header = Fields(lines[0]);
        var facts = new List<Fact>(lines.Length);
        for (var i = 1; i < lines.Length; i++)
        {
            var fields = Fields(lines[i]);
            if (fields.Count != header.Count)
                throw new InvalidOperationException($"{name}, line {i + 1}: {fields.Count} fields where the header has {header.Count}.");
            facts.Add(Fact.Of(header.Zip(fields).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal)));
        }
        return facts;
    }

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else field.Append(c);
        }
        fields.Add(field.ToString());
        return fields;
    }
}

namespace Recruitment.Platform;

/// <summary>One cell of a file that people open in a spreadsheet.</summary>
public static class CsvCell
{
    /// <summary>A cell that begins like a formula is defused: whoever opens the file must not run what somebody wrote.</summary>
    public static string Of(string? text)
    {
        var safe = IsLikeFormula(text) ? "'" + text : text ?? "";
        return safe.IndexOfAny([',', '"', '\r', '\n']) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>What was defused, as it was.</summary>
    public static string Restored(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith('\'') && IsLikeFormula(text[1..]) ? text[1..] : text;
    }

    private static bool IsLikeFormula(string? text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];
}

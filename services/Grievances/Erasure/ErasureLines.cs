namespace Recruitment.Grievances.Erasure;

/// <summary>How lines of the list of erasures look, for the start that reads it and for a restore that brings it.</summary>
internal static class ErasureLines
{
    /// <summary>What a line of a locked mailbox begins with.</summary>
    public const string Locked = "locked";

    /// <summary>The first line that is none of ours, as a sentence; null when there is none, or no file.</summary>
    public static string? WrongIn(string file)
    {
        var wrong = File.Exists(file) ? Array.FindIndex(File.ReadAllLines(file), line => !IsLine(line)) + 1 : 0;
        return wrong == 0 ? null : $"Line {wrong} of the list of erasures {file} is none of ours: it is cut off, or another file.";
    }

    public static bool IsHash(string line) => line.Length == 64;

    private static bool IsLine(string line) => line.Split(' ') switch
    {
        [var one] => IsHash(one) ? one.All(char.IsAsciiHexDigitLower) : Guid.TryParseExact(one, "D", out _),
        [Locked, var grievance, { Length: > 0 }] => Guid.TryParseExact(grievance, "D", out _),
        _ => false,
    };
}

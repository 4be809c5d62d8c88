using System.Text.RegularExpressions;

namespace Recruitment.Platform;

/// <summary>What an entry may say that it is about: ids, and words of the program itself such as the name of a role. Never what somebody typed: no address and no name fits.</summary>
internal static partial class AuditWords
{
    /// <summary>The id in a part of an address, of a program (<c>client-…</c>) too; null where there is none.</summary>
    public static string? IdIn(string? part) =>
        Guid.TryParse(part, out var id) ? id == Guid.Empty ? null : $"{id}"
        : part is not null && IdOfProgram().IsMatch(part) ? part
        : null;

    public static string Checked(string word) => Word().IsMatch(word) ? word : throw new ArgumentException("An audit entry is about ids and words of the program alone.", nameof(word));

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)*-[0-9a-f]{32}\z")]
    private static partial Regex IdOfProgram();

    [GeneratedRegex(@"^[a-z0-9_-]{1,80}\z")]
    private static partial Regex Word();
}

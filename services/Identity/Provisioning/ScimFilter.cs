using System.Text.RegularExpressions;

namespace Recruitment.Identity.Provisioning;

/// <summary>The filters that directories ask with (RFC 7644 section 3.4.2.2): one attribute equals one value. Any other is refused, for a wrong answer would make somebody twice.</summary>
internal sealed partial record ScimFilter(string Attribute, string Value)
{
    /// <summary>Null without a filter. The attribute comes in small letters.</summary>
    public static ScimFilter? Read(string? text, params string[] known)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;

        var match = Equal().Match(text);
        var attribute = match.Groups["attribute"].Value.ToLowerInvariant();
        if (!match.Success || !known.Contains(attribute))
            throw ScimRefusedException.Filter($"Filters that are understood: {string.Join(", ", known.Select(k => $"{k} eq \"…\""))}.");
        var raw = match.Groups["value"].Value;
        return new(attribute, raw.StartsWith('"') ? Regex.Unescape(raw[1..^1]) : raw);
    }

    [GeneratedRegex("""^\s*(?<attribute>[A-Za-z.\[\]" ]+?)\s+[eE][qQ]\s+(?<value>"(?:[^"\\]|\\["\\/])*"|true|false)\s*$""")]
    private static partial Regex Equal();
}

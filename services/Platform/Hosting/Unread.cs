using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Recruitment.Platform;

/// <summary>Which field or parameter of a request could not be read, in words. Names only, nothing of what was sent under them.</summary>
internal static partial class Unread
{
    private const int LongestName = 60;

    /// <summary>Ends with a blank; empty when nothing can be said.</summary>
    public static string Sentence(BadHttpRequestException bad) => bad.InnerException is JsonException json ? OfBody(json) : OfAddress(bad.Message);

    private static string OfBody(JsonException json)
    {
        if (Lacking().Match(json.Message) is { Success: true } lacking) return $"Missing: {lacking.Groups[1].Value.Replace("'", "", StringComparison.Ordinal)}. ";
        if (Unknown().Match(json.Message) is { Success: true } unknown) return $"There is no field “{Short(unknown.Groups[1].Value)}” here. ";
        return json.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal) && json.Path is { Length: > 2 } path
            ? $"The field “{Short(path[2..])}” has not the form it must have. " : "";
    }

    private static string OfAddress(string message)
    {
        if (NotGiven().Match(message) is { Success: true } missing) return $"Missing: {missing.Groups[1].Value}, as a parameter of the address. ";
        return NotBound().Match(message) is { Success: true } unlike ? $"The parameter “{unlike.Groups[1].Value}” has not the form it must have. " : "";
    }

    private static string Short(string name) => name.Length <= LongestName ? name : name[..LongestName];

    [GeneratedRegex("missing required properties including: ?(.+?)\\.?$")]
    private static partial Regex Lacking();

    [GeneratedRegex("The JSON property '(.+?)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("Required parameter \"[^\"]*?(\\w+)\" was not provided from query string")]
    private static partial Regex NotGiven();

    [GeneratedRegex("Failed to bind parameter \"[^\"]*?(\\w+)\"")]
    private static partial Regex NotBound();
}

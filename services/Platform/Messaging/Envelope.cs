using System.Text.Json;

namespace Recruitment.Platform;

/// <summary>What the bus puts around a message.</summary>
internal static class Envelope
{
    private const int MostOfName = 200;

    /// <summary>The message as its publisher wrote it, members that this release does not know included. Throws a <see cref="JsonException"/> when there is none in it.</summary>
    public static byte[] MessageIn(byte[] asItCame)
    {
        using var envelope = JsonDocument.Parse(asItCame);
        return envelope.RootElement.ValueKind == JsonValueKind.Object && envelope.RootElement.TryGetProperty("message", out var message)
            ? JsonSerializer.SerializeToUtf8Bytes(message)
            : throw new JsonException("There is no message in it.");
    }

    /// <summary>Of which types its publisher said that it is, the nearest first. None when it says nothing, or cannot be read.</summary>
    public static IReadOnlyList<string> TypesIn(byte[] asItCame)
    {
        try
        {
            using var envelope = JsonDocument.Parse(asItCame);
            return envelope.RootElement.ValueKind == JsonValueKind.Object && envelope.RootElement.TryGetProperty("messageType", out var types) && types.ValueKind == JsonValueKind.Array
                ? [.. types.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>That an envelope is of a type that nobody hears where it came to, and of which. The name may be any stranger's text, so little of it is told.</summary>
    public static BadMessageException NobodyHears(byte[] asItCame)
    {
        var name = string.Concat((TypesIn(asItCame) is [var nearest, ..] ? nearest : "").Where(c => char.IsAsciiLetterOrDigit(c) || ".:_-".Contains(c, StringComparison.Ordinal)).Take(MostOfName));
        return new(BadMessageException.UnknownType, $"It is of a type that nobody hears at this queue{(name.Length > 0 ? $": {name}" : "")}.");
    }
}

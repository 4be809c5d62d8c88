using System.Text.Json;

namespace Recruitment.Platform;

/// <summary>What the bus puts around a message.</summary>
internal static class Envelope
{
    /// <summary>The message as its publisher wrote it, members that this release does not know included. Throws a <see cref="JsonException"/> when there is none in it.</summary>
    public static byte[] MessageIn(byte[] asItCame)
    {
        using var envelope = JsonDocument.Parse(asItCame);
        return envelope.RootElement.ValueKind == JsonValueKind.Object && envelope.RootElement.TryGetProperty("message", out var message)
            ? JsonSerializer.SerializeToUtf8Bytes(message)
            : throw new JsonException("There is no message in it.");
    }
}

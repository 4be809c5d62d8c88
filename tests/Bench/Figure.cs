using System.Text.Json.Serialization;

namespace Recruitment.Bench;

/// <summary>One measured figure. Without a value it was not measured, and its goal is not met.</summary>
internal sealed record Figure(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] double? Value,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("goal")] double? Goal = null,
    [property: JsonPropertyName("met")] bool? Met = null,
    [property: JsonPropertyName("peer")] string? Peer = null,
    [property: JsonPropertyName("peer_value")] double? PeerValue = null,
    [property: JsonPropertyName("ratio")] double? Ratio = null,
    [property: JsonPropertyName("note")] string? Note = null)
{
    /// <summary>Lower is better, and at most <paramref name="limit"/> is the goal.</summary>
    public static Figure AtMost(string name, double value, string unit, double limit) =>
        new(name, Math.Round(value, 3), unit, limit, value <= limit);

    /// <summary>Compared with a peer measured in the same run on the same input.</summary>
    public static Figure Against(string name, double value, string unit, string peer, double peerValue) =>
        new(name, Math.Round(value, 3), unit, Peer: peer, PeerValue: Math.Round(peerValue, 3), Ratio: Math.Round(value / peerValue, 3));

    /// <summary>Could not be measured here; the note says why.</summary>
    public static Figure NotMeasured(string name, string unit, double? goal, string why) =>
        new(name, null, unit, goal, goal is null ? null : false, Note: why);
}

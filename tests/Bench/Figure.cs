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
    [property: JsonPropertyName("note")] string? Note = null,
    [property: JsonPropertyName("goal_is_least")] bool GoalIsLeast = false);

/// <summary>A figure before it is measured. Lower is better unless it is said by how it is measured; no goal means that it is only shown.</summary>
internal sealed record Planned(string Name, string Unit, double? Goal = null)
{
    /// <summary>The goal is met up to it.</summary>
    public Figure AtMost(double value) => new(Name, Math.Round(value, 3), Unit, Goal, value <= Goal);

    /// <summary>The goal is met from it on: more is better. What it is compared with is told in the note.</summary>
    public Figure AtLeast(double value, string peer, string note) =>
        new(Name, Math.Round(value, 3), Unit, Goal, value >= Goal, Peer: peer, Note: note, GoalIsLeast: true);

    /// <summary>Without a goal.</summary>
    public Figure Shown(double value, string? note = null) => new(Name, Math.Round(value, 3), Unit, Note: note);

    /// <summary>Compared with a peer measured in the same run on the same input.</summary>
    public Figure Against(double value, string peer, double peerValue) =>
        new(Name, Math.Round(value, 3), Unit, Peer: peer, PeerValue: Math.Round(peerValue, 3), Ratio: Math.Round(value / peerValue, 3));

    /// <summary>Could not be measured here; the note says why.</summary>
    public Figure NotMeasured(string why) => new(Name, null, Unit, Goal, Goal is null ? null : false, Note: why);
}

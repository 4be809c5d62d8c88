using System.Text.Json;

namespace Recruitment.Accreditation.Texts;

/// <summary>An answer to a place in a text that may point to a person: it stays, and why.</summary>
/// <remarks>Reason: 3 to 500 characters; another is none.</remarks>
internal sealed record Keep(string Hit, string Reason)
{
    internal bool IsAnswer => this is { Hit: not null, Reason: { Length: >= 3 and <= 500 } } && !string.IsNullOrWhiteSpace(Reason);
}

/// <summary>Such an answer as it is stored with the text: which place, of what kind, why it stays. The words themselves stand in the text alone.</summary>
internal sealed record KeptHit(string Hit, string Kind, string Reason)
{
    public static string? Write(IReadOnlyList<KeptHit> kept) => kept.Count == 0 ? null : JsonSerializer.Serialize(kept, JsonSerializerOptions.Web);

    public static IReadOnlyList<KeptHit> Read(string? stored) => stored is null ? [] : JsonSerializer.Deserialize<List<KeptHit>>(stored, JsonSerializerOptions.Web)!;
}

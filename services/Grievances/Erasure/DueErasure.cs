namespace Recruitment.Grievances.Erasure;

/// <summary>A case was deleted and its erasure key must go: saved with the deletion of its rows, and gone itself when the key is.</summary>
internal sealed class DueErasure
{
    public Guid ErasureKeyId { get; init; }
}

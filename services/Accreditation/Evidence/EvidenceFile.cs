namespace Recruitment.Accreditation.Evidence;

/// <summary>One attached file: what it shows, its hash, and its key wrapped under the operator's secret. The content is in encrypted chunks.</summary>
internal sealed class EvidenceFile
{
    public Guid Id { get; init; }
    public Guid ApplicationId { get; init; }
    public string Indicator { get; init; } = "";
    public string Description { get; init; } = "";
    public string Level { get; init; } = "";
    /// <summary>Ending of the name only: a file's name often carries a person's.</summary>
    public string Extension { get; init; } = "";
    public long Size { get; init; }
    public string Sha256 { get; init; } = "";
    public byte[] WrappedKey { get; init; } = [];
    public int Chunks { get; init; }
    public DateTime AddedAt { get; init; }
    /// <summary>The day on which the content is destroyed. A decision sets it anew. Null for a moment in files of an earlier release, until their day is set.</summary>
    public DateOnly? DestroyOn { get; set; }
    /// <summary>When the content was destroyed: key and chunks are gone, description and hash stay.</summary>
    public DateTime? DestroyedAt { get; init; }
}

internal sealed class EvidenceChunk
{
    public Guid EvidenceId { get; init; }
    public int Number { get; init; }
    public byte[] Sealed { get; init; } = [];
}

using Recruitment.Accreditation.Texts;

namespace Recruitment.Accreditation.Audits;

/// <summary>What an audit found on one criterion. Its text is for the audit team, the decision maker and the report; it is never published.</summary>
internal sealed class Finding
{
    public Guid ApplicationId { get; init; }
    public string Criterion { get; init; } = "";
    public string Grade { get; private set; } = "";
    public string Text { get; private set; } = "";
    public string EvidenceLevel { get; private set; } = "";
    public string RecordedBy { get; private set; } = "";
    public DateTime RecordedAt { get; private set; }
    public string? ClosedWith { get; private set; }
    public string? ClosedBy { get; private set; }
    public DateTime? ClosedAt { get; private set; }

    /// <summary>Why places in the text that may point to a person stay (<see cref="KeptHit"/>).</summary>
    public string? KeptHits { get; private set; }

    /// <summary>The same for the proof.</summary>
    public string? KeptProofHits { get; private set; }

    /// <summary>Something is to be put right and has not been.</summary>
    public bool IsOpen => (Grade is "minor" or "major" or "critical") && ClosedAt is null;

    /// <summary>Not verified never counts as conform.</summary>
    public bool BlocksGrant => Grade == "not_verified" || (Grade is "major" or "critical" && IsOpen);

    public string Status => IsOpen ? "open" : "closed";

    /// <summary>What was found anew has not been put right yet, whatever proof there was for what was found before.</summary>
    public void Record(string grade, string text, string evidenceLevel, string by, DateTime now)
    {
        var same = (Grade, Text, EvidenceLevel) == (grade, text, evidenceLevel);
        (Grade, Text, EvidenceLevel, RecordedBy, RecordedAt) = (grade, text, evidenceLevel, by, now);
        if (!same) (ClosedWith, ClosedBy, ClosedAt, KeptProofHits) = (null, null, null, null);
    }

    public void Close(string proof, string by, DateTime now) => (ClosedWith, ClosedBy, ClosedAt) = (proof, by, now);

    public void KeepHits(string? kept) => KeptHits = kept;

    public void KeepProofHits(string? kept) => KeptProofHits = kept;
}

/// <summary>An auditor's word on conflicts of interest for one application, signed.</summary>
internal sealed class ConflictDeclaration
{
    public Guid ApplicationId { get; init; }
    public string AuditorSubject { get; init; } = "";
    public Guid AuditBodyPartyId { get; private set; }
    public bool HasConflict { get; private set; }
    public string Statement { get; private set; } = "";
    public string SignedAs { get; private set; } = "";
    public DateTime At { get; private set; }

    /// <summary>Was auditor of this application at some time, and so never decides on it.</summary>
    public bool WasNamed { get; private set; }

    public void Sign(Guid body, bool hasConflict, string statement, string signedAs, DateTime now) =>
        (AuditBodyPartyId, HasConflict, Statement, SignedAs, At) = (body, hasConflict, statement, signedAs, now);

    public void Name() => WasNamed = true;
}

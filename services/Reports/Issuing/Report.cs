using Recruitment.Contracts.Reports;
using Recruitment.Platform;

namespace Recruitment.Reports.Issuing;

internal enum ReportStatus
{
    Issued,
    Superseded,
    Revoked,
}

/// <summary>An issued report. File, number and hash never change; only its status does, forward, with a reason. One standing report per audit.</summary>
internal sealed class Report
{
    public const string Kind = "recruiter_assessment";

    private Report() { }

    public Guid Id { get; private init; }
    public string Number { get; private init; } = "";
    public string CheckCode { get; private init; } = "";
    public Guid AuditId { get; private init; }
    public Guid IssuerPartyId { get; private init; }
    public string IssuerName { get; private init; } = "";
    public Guid SubjectPartyId { get; private init; }
    public string SubjectName { get; private init; } = "";

    /// <summary>Alpha-3, where known; null for reports issued before it was kept. Organisations in two countries may bear one name.</summary>
    public string? SubjectCountry { get; private init; }
    public string Languages { get; private init; } = "";
    public bool IsDemonstration { get; private init; }
    public string Sha256 { get; private init; } = "";
    public string SignatureSha256 { get; private init; } = "";
    public Guid FileId { get; private init; }
    public int FileLength { get; private init; }
    public DateTime IssuedAt { get; private init; }

    /// <summary>Null for reports issued before it was kept: on their paper stands the day in UTC.</summary>
    public DateOnly? PrintedOn { get; private init; }

    /// <summary>The day that stands on the paper.</summary>
    public DateOnly IssuedOn => PrintedOn ?? DateOnly.FromDateTime(IssuedAt);
    public string IssuedBy { get; private init; } = "";
    /// <summary>What was kept after the scan, as "kind: reason" lines; never the text itself.</summary>
    public string KeptHits { get; private init; } = "";
    public string? IdempotencyKey { get; private init; }
    public ReportStatus Status { get; private set; }
    public DateTime StatusAt { get; private set; }

    /// <summary>Null where it was not kept yet.</summary>
    public DateOnly? StatusDay { get; private set; }
    public DateOnly StatusOn => StatusDay ?? DateOnly.FromDateTime(StatusAt);
    public string? StatusReason { get; private set; }
    public string? SupersededBy { get; private set; }
    public int Version { get; private set; }

    public static Report Issue(ReportIdentity identity, AuditFacts facts, IssuedFile file, IssuedBy by, DateTime now, DateOnly on) => new()
    {
        Id = Guid.CreateVersion7(), Number = identity.Number, CheckCode = identity.CheckCode,
        AuditId = facts.AuditId, IssuerPartyId = by.Party, IssuerName = facts.AuditBodyName, SubjectPartyId = facts.RecruiterPartyId,
        SubjectName = facts.RecruiterName, SubjectCountry = facts.Country, Languages = by.Languages, IsDemonstration = by.IsDemonstration,
        Sha256 = file.Sha256, SignatureSha256 = file.SignatureSha256, FileId = file.FileId, FileLength = file.Length,
        IssuedAt = now, PrintedOn = on, IssuedBy = by.Subject, KeptHits = by.KeptHits, IdempotencyKey = by.IdempotencyKey,
        Status = ReportStatus.Issued, StatusAt = now, StatusDay = on, Version = 1,
    };

    public void Revoke(string reason, DateTime now, DateOnly on) => Move(ReportStatus.Revoked, reason, now, on);

    public void SupersedeBy(string number, string reason, DateTime now, DateOnly on)
    {
        Move(ReportStatus.Superseded, reason, now, on);
        SupersededBy = number;
    }

    public ReportIssued AsEvent(int epoch) => new()
    {
        ReportId = Id, Epoch = epoch, Sequence = Version, SubjectPartyId = SubjectPartyId, Number = Number, Kind = Kind,
        Sha256 = Sha256, IssuedOn = IssuedOn, Status = StatusCode,
    };

    /// <summary>issued, superseded or revoked.</summary>
    public string StatusCode => CodeOf(Status);

    public static string CodeOf(ReportStatus status) => status switch
    {
        ReportStatus.Issued => "issued",
        ReportStatus.Superseded => "superseded",
        ReportStatus.Revoked => "revoked",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private void Move(ReportStatus status, string reason, DateTime now, DateOnly on)
    {
        if (Status == ReportStatus.Revoked) throw new BrokenRuleException("report-revoked", "This report is revoked; that cannot be taken back. Issue a new one.");
        if (Status == ReportStatus.Superseded && status == ReportStatus.Superseded)
            throw new BrokenRuleException("report-superseded", "A newer report has already taken this one's place.");

        Status = status;
        StatusReason = reason;
        (StatusAt, StatusDay) = (now, on);
        Version++;
    }
}

/// <summary>What the paper carries so that a stranger can ask about it.</summary>
internal sealed record ReportIdentity(string Number, string CheckCode);

internal sealed record IssuedFile(Guid FileId, int Length, string Sha256, string SignatureSha256);

internal sealed record IssuedBy(Guid Party, string Subject, string Languages, string KeptHits, bool IsDemonstration, string? IdempotencyKey);

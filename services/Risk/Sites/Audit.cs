using System.Text.Json;
using Recruitment.Contracts.Accreditation;

namespace Recruitment.Risk.Sites;

/// <summary>A closed audit's findings as they stand.</summary>
internal sealed class Audit
{
    public required Guid Id { get; init; }
    public Guid RecruiterPartyId { get; set; }
    public DateOnly AuditedOn { get; set; }
    public string Findings { get; set; } = "[]";

    public IReadOnlyList<AuditFinding> Read() => JsonSerializer.Deserialize<List<AuditFinding>>(Findings)!;
}

using System.Text.Json;
using Recruitment.Contracts.Accreditation;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Risk.Sites;

/// <summary>An organisation as Suppliers last published it. Its owner decides from whom worker voice is withheld.</summary>
internal sealed class Party
{
    public required Guid Id { get; init; }
    public string Kind { get; set; } = "";
    public string Name { get; set; } = "";
    public string Country { get; set; } = "";
    public string Status { get; set; } = "";
    public Guid? OwnerPartyId { get; set; }
}

/// <summary>A place where people work, as its supplier says. A brand reads it, and what is scored from it, only once the supplier shares with that brand.</summary>
internal sealed class Site
{
    public required Guid Id { get; init; }
    public Guid PartyId { get; set; }
    public string Name { get; set; } = "";
    public string Country { get; set; } = "";
    public string? Province { get; set; }
    public string? Sector { get; set; }
    public string Status { get; set; } = "";
    public int? WorkersTotal { get; set; }
    /// <summary>Feeds only the "support needed" figure.</summary>
    public int? MigrantWorkers { get; set; }
}

/// <summary>Who buys from whom, and since when the supplier shares: what a brand may see follows from it and from nothing else.</summary>
internal sealed class SupplyRelation
{
    public required Guid Id { get; init; }
    public Guid BrandPartyId { get; set; }
    public Guid SupplierPartyId { get; set; }
    public bool IsOpen { get; set; }
    public DateOnly? SharedOn { get; set; }
    /// <summary>As this brand spells it.</summary>
    public string? SupplierName { get; set; }
}

/// <summary>A site in the words of one brand's list: all that this brand's view of it is made from while the supplier does not share.</summary>
internal sealed class SiteListing
{
    public required Guid Id { get; init; }
    public Guid BrandPartyId { get; set; }
    public Guid SupplierPartyId { get; set; }
    public Guid SiteId { get; set; }
    public string Name { get; set; } = "";
    public string Country { get; set; } = "";
    public string? Sector { get; set; }
    public int? Workers { get; set; }
}

/// <summary>A site uses a recruiter. The origin is kept for "support needed" alone.</summary>
internal sealed class RecruiterLink
{
    public required Guid Id { get; init; }
    public Guid SiteId { get; set; }
    public Guid RecruiterPartyId { get; set; }
    public string OriginCountry { get; set; } = "";
    public DateOnly From { get; set; }
    public DateOnly? To { get; set; }

    public bool InUse(DateOnly day) => From <= day && (To is null || To >= day);
}

/// <summary>What a supplier last declared about practice at a site.</summary>
internal sealed class SelfAssessment
{
    public required Guid SiteId { get; init; }
    public DateOnly AsOf { get; set; }
    public string Answers { get; set; } = "[]";

    public IReadOnlyDictionary<string, string> Read()
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var given in JsonSerializer.Deserialize<List<SelfAssessmentAnswer>>(Answers)!) answers[given.Question] = given.Answer;
        return answers;
    }
}

/// <summary>A recruiter's public status under one scheme.</summary>
internal sealed class Accreditation
{
    public required Guid Id { get; init; }
    public Guid RecruiterPartyId { get; set; }
    public string RecruiterName { get; set; } = "";
    public string Status { get; set; } = "";
    public DateOnly? ValidFrom { get; set; }
    public DateOnly? ValidTo { get; set; }

    public string StatusOn(DateOnly day) => Status == "granted" && ValidTo < day ? "expired" : Status;
}

/// <summary>A closed audit's findings as they stand.</summary>
internal sealed class Audit
{
    public required Guid Id { get; init; }
    public Guid RecruiterPartyId { get; set; }
    public DateOnly AuditedOn { get; set; }
    public string Findings { get; set; } = "[]";

    public IReadOnlyList<AuditFinding> Read() => JsonSerializer.Deserialize<List<AuditFinding>>(Findings)!;
}

/// <summary>One released cell of worker voice. Read by the overlay alone; no score is made from it.</summary>
internal sealed class Signal
{
    public required Guid ReleaseId { get; init; }
    public required string SubjectKind { get; init; }
    public required Guid SubjectId { get; init; }
    public required string TopicGroup { get; init; }
    public required string Period { get; init; }
    public required string Band { get; init; }
}

/// <summary>One row per site or recruiter, taken before its scores are made again, so that two consumers cannot each miss the other's input.</summary>
internal sealed class Turn
{
    public required Guid Id { get; init; }
    public long Taken { get; set; }
}

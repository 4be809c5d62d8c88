namespace Recruitment.Contracts.Suppliers;

/// <summary>An organisation (brand, supplier, recruiter, audit body, operator) as it is now.</summary>
/// <remarks>Published by Suppliers. Heard by Risk, Register, Accreditation and Grievances.</remarks>
public sealed record PartyChanged
{
    public required Guid PartyId { get; init; }
    public required int Epoch { get; init; }
    public required long Sequence { get; init; }
    /// <summary>brand, supplier, recruiter, audit_body or operator.</summary>
    public required string Kind { get; init; }
    public required string Name { get; init; }
    /// <summary>ISO 3166-1 alpha-3.</summary>
    public required string Country { get; init; }
    /// <summary>active or ended.</summary>
    public required string Status { get; init; }
    /// <summary>The organisation that owns this one, where Suppliers knows it.</summary>
    public Guid? OwnerPartyId { get; init; }
}

namespace Recruitment.Contracts.Suppliers;

/// <summary>A brand buys, or no longer buys, from a supplier.</summary>
/// <remarks>Published by Suppliers. Heard by Risk, which shows a brand only what it buys from.</remarks>
public sealed record SupplyRelationChanged
{
    public required Guid RelationId { get; init; }
    public required int Epoch { get; init; }
    public required long Sequence { get; init; }
    public required Guid BrandPartyId { get; init; }
    public required Guid SupplierPartyId { get; init; }
    /// <summary>open or ended.</summary>
    public required string Status { get; init; }
}

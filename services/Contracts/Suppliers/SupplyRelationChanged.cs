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
    /// <summary>The supplier's name as this brand's own list spells it; another's would show that there is another.</summary>
    public string? SupplierName { get; init; }
    /// <summary>Since when the supplier lets this brand read what it says of itself; null while it does not.</summary>
    public DateOnly? SharedOn { get; init; }
}

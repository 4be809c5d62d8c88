namespace Recruitment.Risk.Sites;

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

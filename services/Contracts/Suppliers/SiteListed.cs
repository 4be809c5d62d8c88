namespace Recruitment.Contracts.Suppliers;

/// <summary>A place where people work, in the words of one brand that lists it. No other brand may learn of it.</summary>
/// <remarks>Published by Suppliers. Heard by Risk, which shows it to that brand alone.</remarks>
public sealed record SiteListed
{
    public required Guid ListingId { get; init; }
    public required int Epoch { get; init; }
    public required long Sequence { get; init; }
    public required Guid BrandPartyId { get; init; }
    public required Guid SupplierPartyId { get; init; }
    public required Guid SiteId { get; init; }
    public required string Name { get; init; }
    /// <summary>ISO 3166-1 alpha-3.</summary>
    public required string Country { get; init; }
    /// <summary>ISIC Rev. 4 section or division, where the list says it.</summary>
    public string? Sector { get; init; }
    /// <summary>Workers at the site as the list says it.</summary>
    public int? Workers { get; init; }
    /// <summary>listed, or withdrawn when the brand took back the only list that named it.</summary>
    public string Status { get; init; } = "listed";
}

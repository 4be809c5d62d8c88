namespace Recruitment.Contracts.Suppliers;

/// <summary>A place where people work, as it is now.</summary>
/// <remarks>Published by Suppliers. Heard by Risk.</remarks>
public sealed record SiteChanged
{
    public required Guid SiteId { get; init; }
    public required int Epoch { get; init; }
    public required long Sequence { get; init; }
    public required Guid PartyId { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }
    /// <summary>ISO 3166-1 alpha-3.</summary>
    public required string Country { get; init; }
    public string? Province { get; init; }
    /// <summary>ISIC Rev. 4 section or division, where it is known.</summary>
    public string? Sector { get; init; }
    /// <summary>active or ended.</summary>
    public required string Status { get; init; }
    /// <summary>Workers at the site as last declared; null when never declared.</summary>
    public int? WorkersTotal { get; init; }
    /// <summary>Migrant workers among them. Feeds only the "support needed" figure, never a score.</summary>
    public int? MigrantWorkers { get; init; }
}

namespace Recruitment.Contracts.Suppliers;

/// <summary>A place where people work, as its supplier says it is now. Before the supplier enters or confirms it, nothing is published but <see cref="SiteListed"/>.</summary>
/// <remarks>Published by Suppliers. Heard by Risk, which shows it only to brands that the supplier shares with.</remarks>
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
    /// <summary>The day on which the supplier said that nobody works there any more; null while people do, and where it was said before the day was kept.</summary>
    public DateOnly? EndedOn { get; init; }
    /// <summary>Workers at the site as its supplier last declared, those left out whom a brand reads as "fewer than ten" of a nationality and sex; null when that is all of them, and when never declared, whatever a brand's list says.</summary>
    public int? WorkersTotal { get; init; }
    /// <summary>Migrant workers among them; null when there are only such as are left out. Feeds only the "support needed" figure, never a score.</summary>
    public int? MigrantWorkers { get; init; }
}

namespace Recruitment.Contracts.Suppliers;

/// <summary>A supplier site has declared that it uses a labour recruiter for a corridor, or that it no longer does.</summary>
/// <remarks>Published by Suppliers. Heard by Risk.</remarks>
public sealed record RecruiterDeclared
{
    public required Guid LinkId { get; init; }
    public required int Epoch { get; init; }
    public required long Sequence { get; init; }
    public required Guid SiteId { get; init; }
    public required Guid SupplierPartyId { get; init; }
    public required Guid RecruiterPartyId { get; init; }
    /// <summary>ISO 3166-1 alpha-3. A label for where the practice is found; never raises a score.</summary>
    public required string OriginCountry { get; init; }
    public required DateOnly From { get; init; }
    /// <summary>From this day on it is not used any more; null while it is.</summary>
    public DateOnly? To { get; init; }
}

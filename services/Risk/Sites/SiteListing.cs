namespace Recruitment.Risk.Sites;

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

using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Risk.Viewing;

/// <summary>A site as one caller may know it: told by its supplier since a day, or only in the words of the caller's own list.</summary>
/// <remarks>Set by name: that is what lets the database filter on it.</remarks>
internal sealed record SeenSite
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Country { get; init; }
    public string? Sector { get; init; }
    public required Guid PartyId { get; init; }
    public string? Supplier { get; init; }
    public DateOnly? ToldSince { get; init; }
    public int? WorkersTotal { get; init; }
    public int? MigrantWorkers { get; init; }

    /// <summary>active or ended, as its supplier says; what a list alone says has not ended.</summary>
    public string Status { get; init; } = "active";

    public DateOnly? EndedOn { get; init; }

    public bool Told => ToldSince is not null;
}

/// <summary>Which sites a caller may see and how much of each: a supplier its own; a brand those that an open relation shares with it, in full,
/// and those of its own list, in its own words; anybody else none.</summary>
/// <remarks>What one brand may not see changes nothing that it can see: no row, no score, no place in the list, no line of the log.</remarks>
internal sealed class Viewer(RiskDb db, Caller caller)
{
    public bool IsBrand => caller.Is(Roles.BrandAnalyst) && caller.Kind == PartyKinds.Brand;

    public Guid PartyId => caller.Party;

    private bool IsSupplier => caller.Is(Roles.SupplierUser) && caller.Kind == PartyKinds.Supplier;

    /// <summary>Sites that the caller reads as their supplier says, ended ones too: what people are owed there, and who was heard, does not end with a tick of the supplier's.</summary>
    public IQueryable<SeenSite> Told()
    {
        var (party, brand, supplier) = (caller.Party, IsBrand, IsSupplier);
        var sites = db.Sites.AsNoTracking();
        return brand
            ? from site in sites
              join relation in db.Relations on site.PartyId equals relation.SupplierPartyId
              where relation.BrandPartyId == party && relation.IsOpen && relation.SharedOn != null
              select new SeenSite
              {
                  Id = site.Id, Name = site.Name, Country = site.Country, Sector = site.Sector, PartyId = site.PartyId, Supplier = relation.SupplierName,
                  ToldSince = relation.SharedOn, WorkersTotal = site.WorkersTotal, MigrantWorkers = site.MigrantWorkers, Status = site.Status, EndedOn = site.EndedOn,
              }
            : from site in sites
              where supplier && site.PartyId == party
              select new SeenSite
              {
                  Id = site.Id, Name = site.Name, Country = site.Country, Sector = site.Sector, PartyId = site.PartyId,
                  ToldSince = DateOnly.MinValue, WorkersTotal = site.WorkersTotal, MigrantWorkers = site.MigrantWorkers, Status = site.Status, EndedOn = site.EndedOn,
              };
    }

    /// <summary>Sites that the caller listed and whose supplier tells it nothing.</summary>
    public IQueryable<SeenSite> Listed()
    {
        var (party, brand) = (caller.Party, IsBrand);
        return from listing in db.Listings.AsNoTracking()
               join relation in db.Relations on new { listing.BrandPartyId, listing.SupplierPartyId } equals new { relation.BrandPartyId, relation.SupplierPartyId }
               where brand && listing.BrandPartyId == party && relation.IsOpen && !(relation.SharedOn != null && db.Sites.Any(s => s.Id == listing.SiteId))
               select new SeenSite
               {
                   Id = listing.SiteId, Name = listing.Name, Country = listing.Country, Sector = listing.Sector, PartyId = listing.SupplierPartyId,
                   Supplier = relation.SupplierName, WorkersTotal = listing.Workers,
               };
    }

    /// <summary>Ask within <see cref="ServiceDb.AsOfOneMoment"/>: a supplier that begins to share between the two questions would make its site vanish.</summary>
    public async Task<SeenSite?> Site(Guid id, CancellationToken stop) =>
        await Told().FirstOrDefaultAsync(s => s.Id == id, stop) ?? await Listed().FirstOrDefaultAsync(s => s.Id == id, stop);
}

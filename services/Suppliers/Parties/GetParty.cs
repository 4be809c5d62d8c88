using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Parties;

/// <summary>GET /api/v1/suppliers/parties/{id}: an organisation as itself, a related brand or another service may see it.</summary>
/// <remarks>A brand sees what its own list said; what the supplier said of itself only once the supplier shares it. Owner and version are for services and the organisation
/// itself: a version that grows would tell a brand that the supplier is busy.</remarks>
internal static class GetParty
{
    public sealed record Response(Guid Id, string Kind, string Name, string Country, string Status, bool Shared, DateTime? AskedAt, DateTime? SharingEndedAt,
        string? LegalName, string? RegistrationNumber, string? ContactRole, bool? EmployerHousing,
        IReadOnlyList<SiteLine> Sites, IReadOnlyList<LinkLine> Recruiters, Guid? OwnerPartyId, int? Version);

    public sealed record SiteLine(Guid Id, string Name, string Address, string Country, string? Sector, string Status, int? WorkersTotal, string? VendorNumber);

    public sealed record LinkLine(Guid Id, Guid SiteId, Guid RecruiterId, string RecruiterName, string OriginCountry, DateOnly From, DateOnly? To);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/parties/{id:guid}", Handle).WithName(nameof(GetParty)).RequireRoles(Roles.Service, Roles.BrandAnalyst, Roles.SupplierUser, Roles.RecruiterUser);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid id, Caller caller, SuppliersDb db, CancellationToken stop)
    {
        var party = await db.Parties.AsNoTracking().SingleOrDefaultAsync(p => p.Id == new PartyId(id), stop);
        if (party is null) return TypedResults.NotFound();

        var itself = caller.IsService || caller.PartyId == id;
        var relation = itself || !caller.Is(Roles.BrandAnalyst) ? null : await db.Relations.AsNoTracking()
            .SingleOrDefaultAsync(r => r.BrandId == new PartyId(caller.Party) && r.SupplierId == party.Id && r.Status == "open", stop);
        if (!itself && relation is null) return TypedResults.NotFound();

        var told = itself || relation!.SharedAt is not null;
        var sites = itself
            ? await db.Sites.AsNoTracking().Where(s => s.PartyId == party.Id).OrderBy(s => s.Name)
                .Select(s => new SiteLine(s.Id.Value, s.Name, s.Address, s.Country, s.Sector, s.Status, s.WorkersTotal, null)).ToListAsync(stop)
            : await SeenBy(new PartyId(caller.Party), party.Id, told, db, stop);
        var links = told ? await LinksOf(party.Id, db, stop) : [];
        var shown = sites.Select(s => s.Id).ToHashSet();

        return TypedResults.Ok(new Response(id, party.Kind, relation?.Name ?? party.Name, party.Country, party.Status, told, relation?.AskedAt, relation?.SharingEndedAt,
            told ? party.LegalName : null, told ? party.RegistrationNumber : null, told ? party.ContactRole : null, told ? party.EmployerHousing : null,
            sites, [.. links.Where(l => shown.Contains(l.SiteId))], itself ? party.OwnerId?.Value : null, itself ? party.Version : null));
    }

    internal static async Task<List<LinkLine>> LinksOf(PartyId supplier, SuppliersDb db, CancellationToken stop) => await (
        from link in db.Links.AsNoTracking()
        join recruiter in db.Parties on link.RecruiterId equals recruiter.Id
        where link.SupplierId == supplier
        orderby recruiter.Name, link.OriginCountry
        select new LinkLine(link.Id, link.SiteId.Value, link.RecruiterId.Value, recruiter.Name, link.OriginCountry, link.From, link.To)).ToListAsync(stop);

    private static async Task<List<SiteLine>> SeenBy(PartyId brand, PartyId supplier, bool told, SuppliersDb db, CancellationToken stop)
    {
        var listings = await db.Listings.AsNoTracking().Where(l => l.BrandId == brand && l.SupplierId == supplier).ToDictionaryAsync(l => l.SiteId, stop);
        var sites = await db.Sites.AsNoTracking().Where(s => s.PartyId == supplier).ToListAsync(stop);
        return [.. sites.Where(s => listings.ContainsKey(s.Id) || (told && s.Confirmed))
            .Select(s => listings.GetValueOrDefault(s.Id) is { } listed && !(told && s.Confirmed)
                ? new SiteLine(s.Id.Value, listed.Name, listed.Address, listed.Country, listed.Sector, "active", listed.Workers, listed.VendorNumber)
                : new SiteLine(s.Id.Value, s.Name, s.Address, s.Country, s.Sector, s.Status, s.WorkersShown, listings.GetValueOrDefault(s.Id)?.VendorNumber))
            .OrderBy(s => s.Name, StringComparer.Ordinal)];
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Suppliers.Imports;
using Recruitment.Suppliers.Practice;

namespace Recruitment.Suppliers.Sites;

/// <summary>GET /api/v1/suppliers/sites/{id}: a site as its supplier, a related brand or another service may see it.</summary>
internal static class GetSite
{
    /// <remarks>EndedOn: the day on which the supplier said that nobody works there any more. Listed: for a brand that reads what the supplier says, what its own list said
    /// of the place; the two may disagree. WorkersTotal: for a brand those in counts of ten or more; null where there is no such count, though WorkersAsOf says that they were counted.</remarks>
    public sealed record Response(
        Guid Id, Guid PartyId, string Name, string Address, string Country, string? Province, string? Sector, string Status,
        int? WorkersTotal, DateOnly? WorkersAsOf, IReadOnlyList<Cell> Workforce, IReadOnlyDictionary<string, string> Answers, DateOnly? AnswersAsOf, DateOnly? EndedOn, OwnListing? Listed);

    /// <remarks>ListedOn: when the brand handed in the newest of its lists that names the site.</remarks>
    public sealed record OwnListing(string Name, string Country, string? Sector, DateOnly? ListedOn);

    public sealed record Cell(string Nationality, string Sex, string Workers);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/sites/{id:guid}", Handle).WithName(nameof(GetSite)).RequireRoles(Roles.Service, Roles.BrandAnalyst, Roles.SupplierUser);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid id, Caller caller, SuppliersDb db, BusinessClock clock, CancellationToken stop)
    {
        var site = await db.Sites.AsNoTracking().SingleOrDefaultAsync(s => s.Id == new SiteId(id), stop);
        if (site is null) return TypedResults.NotFound();

        if (caller.IsService) return TypedResults.Ok(Of(site, site.WorkersTotal ?? await LeastListed(site.Id, db, stop), [], new Dictionary<string, string>(), null));

        var own = caller.Is(Roles.SupplierUser) && caller.PartyId == site.PartyId.Value;
        if (own) return TypedResults.Ok(await Told(site, exact: true, db, stop));
        if (!caller.Is(Roles.BrandAnalyst)) return TypedResults.NotFound();

        var brand = new PartyId(caller.Party);
        var listing = await db.Listings.AsNoTracking().SingleOrDefaultAsync(l => l.BrandId == brand && l.SiteId == site.Id, stop);
        var shared = site.Confirmed && await db.Relations.AnyAsync(
            r => r.BrandId == brand && r.SupplierId == site.PartyId && r.Status == "open" && r.SharedAt != null, stop);
        if (shared)
        {
            var told = await Told(site, exact: false, db, stop);
            return TypedResults.Ok(listing is null ? told : told with { Listed = new(listing.Name, listing.Country, listing.Sector, await ListedOn(brand, site.Id, db, clock, stop)) });
        }
        if (listing is null) return TypedResults.NotFound();

        return TypedResults.Ok(new Response(id, site.PartyId.Value, listing.Name, listing.Address, listing.Country, null, listing.Sector, "active",
            listing.Workers, null, [], new Dictionary<string, string>(), null, null, null));
    }

    private static async Task<DateOnly?> ListedOn(PartyId brand, SiteId site, SuppliersDb db, BusinessClock clock, CancellationToken stop)
    {
        var lists = db.Imports.AsNoTracking().Where(i => i.BrandId == brand && i.Status != SupplierImport.TakingBack && i.Status != SupplierImport.TakenBack
            && db.ImportRows.Any(r => r.ImportId == i.Id && r.SiteId == site));
        return await lists.OrderByDescending(i => i.CreatedAt).Select(i => (DateTime?)i.CreatedAt).FirstOrDefaultAsync(stop) is { } at ? clock.DayOf(at) : null;
    }

    /// <summary>For the rule that nothing is released about a small site: of several lists the lowest figure, so that none can make a site look large.</summary>
    private static async Task<int?> LeastListed(SiteId site, SuppliersDb db, CancellationToken stop) =>
        await db.Listings.Where(l => l.SiteId == site && l.Workers != null).MinAsync(l => l.Workers, stop);

    private static async Task<Response> Told(Site site, bool exact, SuppliersDb db, CancellationToken stop)
    {
        var counts = await db.Workforce.AsNoTracking().Where(w => w.SiteId == site.Id).OrderBy(w => w.Nationality).ThenBy(w => w.Sex).ToListAsync(stop);
        var assessment = await db.SelfAssessments.AsNoTracking().SingleOrDefaultAsync(a => a.SiteId == site.Id, stop);
        return Of(site, exact ? site.WorkersTotal : site.WorkersShown, [.. counts.Select(c => exact ? Exact(c) : Coarse(c))], assessment?.Answers ?? new Dictionary<string, string>(), assessment?.AsOf);
    }

    private static Cell Exact(WorkforceCount count) => new(count.Nationality, count.Sex, $"{count.Count}");

    /// <summary>A brand reads "&lt;10" instead of a count that could point at people.</summary>
    private static Cell Coarse(WorkforceCount count) => ReadableWorkforce.IsFew(count) ? new(count.Nationality, count.Sex, $"<{ReadableWorkforce.Smallest}") : Exact(count);

    private static Response Of(Site site, int? workers, IReadOnlyList<Cell> cells, IReadOnlyDictionary<string, string> answers, DateOnly? answersAsOf) => new(
        site.Id.Value, site.PartyId.Value, site.Name, site.Address, site.Country, site.Province, site.Sector, site.Status,
        workers, site.WorkersAsOf, cells, answers, answersAsOf, site.EndedOn, null);
}

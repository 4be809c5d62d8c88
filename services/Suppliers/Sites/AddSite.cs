using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Suppliers.Imports;

namespace Recruitment.Suppliers.Sites;

/// <summary>POST /api/v1/suppliers/mine/sites: a supplier enters a place where people work.</summary>
internal static class AddSite
{
    public sealed record Request(
        [property: Required, StringLength(300, MinimumLength = 1)] string Name, [property: Required, StringLength(500, MinimumLength = 1)] string Address,
        [property: Required] string Country, [property: StringLength(100)] string? Province = null, [property: StringLength(100)] string? Sector = null);

    public sealed record Response(Guid Id, int Version);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/mine/sites", Handle).WithName(nameof(AddSite)).WithIdempotencyKey<SuppliersDb>().RequireRoles(Roles.SupplierUser);

    private static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> Handle(
        Request request, Caller caller, SuppliersDb db, CancellationToken stop)
    {
        var party = new PartyId(caller.Party);
        if (!await db.Parties.AnyAsync(p => p.Id == party, stop)) return TypedResults.NotFound();
        if (Countries.Find(request.Country) is not { } country) return Problems.Bad("unknown-country", Countries.Advice);
        if (!Sectors.TryRead(request.Sector, out var sector)) return Problems.Bad("unknown-sector", Sectors.Advice);
        if (Names.IsNone(request.Name)) return Problems.Bad("name-missing", Site.NameMissing);
        if (await Has(party, Names.SiteKey(request.Name, country, request.Address), db, stop))
            throw new BrokenRuleException("site-exists", "You already have a site with this name and address. Change that one instead.");

        var site = Site.Entered(party, request.Name.Trim(), request.Address.Trim(), country, request.Province?.Trim(), sector);
        db.Sites.Add(site);
        db.Grams.AddRange(NameGram.Of("site", site.Id.Value, site.Name));
        db.Publish(site.State(db.Epoch));
        await db.SaveChangesAsync(stop);
        return TypedResults.Created($"/api/v1/suppliers/sites/{site.Id.Value}", new Response(site.Id.Value, site.Version));
    }

    /// <summary>As it calls one of its sites now, or as a list ever did.</summary>
    private static async Task<bool> Has(PartyId party, Guid key, SuppliersDb db, CancellationToken stop) =>
        await db.Aliases.AnyAsync(a => a.Key == key && db.Sites.Any(s => s.Id == a.SiteId && s.PartyId == party), stop)
        || (await db.Sites.AsNoTracking().Where(s => s.PartyId == party).ToListAsync(stop)).Any(s => s.Key == key);
}

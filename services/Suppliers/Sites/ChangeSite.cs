using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Suppliers.Imports;

namespace Recruitment.Suppliers.Sites;

/// <summary>PUT /api/v1/suppliers/mine/sites/{site}: a supplier confirms or corrects a site of its own.</summary>
internal static class ChangeSite
{
    public sealed record Request(
        [property: Required, StringLength(300, MinimumLength = 1)] string Name, [property: Required, StringLength(500, MinimumLength = 1)] string Address,
        [property: Required] string Country, [property: StringLength(100)] string? Province = null, [property: StringLength(100)] string? Sector = null,
        [property: OneOf(typeof(Site), nameof(Site.Statuses))] string Status = "active");

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/mine/sites/{site:guid}", Handle).WithName(nameof(ChangeSite)).WithIfMatch().WithIdempotencyKey<SuppliersDb>().RequireRoles(Roles.SupplierUser);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        Guid site, Request request, Caller caller, SuppliersDb db, BusinessClock clock, CancellationToken stop)
    {
        var found = await db.Sites.SingleOrDefaultAsync(s => s.Id == new SiteId(site) && s.PartyId == new PartyId(caller.Party), stop);
        if (found is null) return TypedResults.NotFound();
        if (Countries.Find(request.Country) is not { } country) return Problems.Bad("unknown-country", Countries.Advice);
        if (!Sectors.TryRead(request.Sector, out var sector)) return Problems.Bad("unknown-sector", Sectors.Advice);
        if (Names.IsNone(request.Name)) return Problems.Bad("name-missing", Site.NameMissing);
        if (!Site.Statuses.Contains(request.Status)) return Problems.Bad("unknown-status", "Status must be active or ended.");

        caller.MustHaveRead(found.Version);
        var key = Names.SiteKey(request.Name.Trim(), country, request.Address.Trim());
        if (found.EnteredKey is not null && await db.Sites.AnyAsync(s => s.PartyId == found.PartyId && s.EnteredKey == key && s.Id != found.Id, stop))
            throw new BrokenRuleException("site-exists", "Another site of yours has this name and address. Change that one instead.");

        var before = found.Name;
        found.Change(request.Name.Trim(), request.Address.Trim(), country, request.Province?.Trim(), sector, request.Status, clock.Today);
        await FormerName.Keep(db, found, before, stop);
        await NameGram.Rename(db, "site", site, found.Name, stop);
        db.Publish(found.State(db.Epoch));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

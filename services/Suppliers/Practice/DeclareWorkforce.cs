using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Suppliers.Imports;

namespace Recruitment.Suppliers.Practice;

/// <summary>PUT /api/v1/suppliers/mine/sites/{site}/workforce: how many people of which nationality and sex work at a site. Counts, as of a day.</summary>
internal static class DeclareWorkforce
{
    private static readonly string[] Sexes = ["female", "male", "other_or_undisclosed"];

    public sealed record Cell([property: Required] string Nationality, [property: Required, OneOf(typeof(DeclareWorkforce), nameof(Sexes))] string Sex, [property: Range(0, 1_000_000)] int Workers);

    /// <remarks>Counts: one at least; those of nationality and sex that are left out are none.</remarks>
    public sealed record Request(DateOnly AsOf, [property: Required, MaxLength(600)] IReadOnlyList<Cell> Counts);

    public sealed record Response(int WorkersTotal, int MigrantWorkers);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/mine/sites/{site:guid}/workforce", Handle).WithName(nameof(DeclareWorkforce)).WithIfMatch().WithIdempotencyKey<SuppliersDb>().RequireRoles(Roles.SupplierUser);

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        Guid site, Request request, Caller caller, SuppliersDb db, BusinessClock clock, CancellationToken stop)
    {
        var found = await db.Sites.SingleOrDefaultAsync(s => s.Id == new SiteId(site) && s.PartyId == new PartyId(caller.Party), stop);
        if (found is null) return TypedResults.NotFound();
        if (request.AsOf > clock.LatestToday) return Problems.Bad("day-in-future", "The day of the count cannot be in the future.");

        // An empty list is a request that forgot to say something far likelier than a place without workers, and would read as one.
        if (request.Counts.Count == 0)
            return Problems.Bad("nothing-counted", "Send at least one count with nationality, sex and workers, for instance {\"nationality\": \"THA\", \"sex\": \"female\", \"workers\": 120}. Where nobody works any more, end the site instead.");

        var counts = new Dictionary<(string Nationality, string Sex), int>();
        foreach (var cell in request.Counts)
        {
            if (Countries.Find(cell.Nationality) is not { } nationality) return Problems.Bad("unknown-country", $"“{cell.Nationality}”: {Countries.Advice}");
            if (!Sexes.Contains(cell.Sex)) return Problems.Bad("unknown-sex", $"Sex must be one of: {string.Join(", ", Sexes)}.");
            if (!counts.TryAdd((nationality, cell.Sex), cell.Workers))
                return Problems.Bad("counted-twice", $"“{cell.Nationality}” is given twice for the same sex ({cell.Sex.Replace('_', ' ')}). Add the two numbers together.");
        }

        caller.MustHaveRead(found.Version);
        var total = counts.Values.Sum();
        var migrants = counts.Where(c => c.Key.Nationality != found.Country).Sum(c => c.Value);
        db.Workforce.RemoveRange(await db.Workforce.Where(w => w.SiteId == found.Id).ToListAsync(stop));
        var declared = counts.Where(c => c.Value > 0).Select(c => new WorkforceCount
        {
            SiteId = found.Id, Nationality = c.Key.Nationality, Sex = c.Key.Sex, Count = c.Value,
        }).ToList();
        db.Workforce.AddRange(declared);
        found.DeclareWorkforce(total, ReadableWorkforce.Total(declared), ReadableWorkforce.Migrants(declared, found.Country), request.AsOf);
        db.Publish(found.State(db.Epoch));
        await db.SaveChangesAsync(stop);
        return TypedResults.Ok(new Response(total, migrants));
    }
}

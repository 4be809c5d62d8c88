using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Suppliers.Imports;

namespace Recruitment.Suppliers.Chains;

/// <summary>GET /api/v1/suppliers/recruiters/alike (supplier): recruiters of that country whose names are much like this one, or of another whose name is the same, so that none is declared a second time under another spelling. Names and countries alone, as every worker finds them.</summary>
internal static class FindAlikeRecruiters
{
    private const int Most = 5;

    public sealed record Line(Guid Id, string Name, string Country);

    /// <remarks>Items: empty when the name is known as it stands, or is like no other.</remarks>
    public sealed record Response(IReadOnlyList<Line> Items);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/recruiters/alike", Handle).WithName(nameof(FindAlikeRecruiters)).RequireRoles(Roles.SupplierUser);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(string name, string country, SuppliersDb db, CancellationToken stop)
    {
        if (name.Length > 300 || Names.IsNone(name)) return Problems.Bad("recruiter-missing", "Give the recruiter's name and country.");
        if (Countries.Find(country) is not { } where) return Problems.Bad("unknown-country", Countries.Advice);

        var key = Names.PartyKey(PartyKinds.Recruiter, name, where);
        if (await db.Parties.AnyAsync(p => p.Key == key, stop)) return TypedResults.Ok(new Response([]));

        var grams = Names.Grams(name).ToList();
        var near = await db.Grams.Where(g => g.Kind == "recruiter" && grams.Contains(g.Gram)).GroupBy(g => g.Subject).Select(g => new { Subject = g.Key, Shared = g.Count() })
            .OrderByDescending(g => g.Shared).ThenBy(g => g.Subject).Take(200).ToDictionaryAsync(g => new PartyId(g.Subject), g => g.Shared, stop);
        var ids = near.Keys.ToList();
        var recruiters = await db.Parties.AsNoTracking().Where(p => ids.Contains(p.Id) && p.Kind == PartyKinds.Recruiter).ToListAsync(stop);
        var same = Names.Normalised(name);
        return TypedResults.Ok(new Response(
        [
            .. recruiters.Where(r => r.Country == where ? Names.Alike(name, r.Name) : Names.Normalised(r.Name) == same).OrderByDescending(r => near[r.Id]).ThenBy(r => r.Name, StringComparer.Ordinal)
                .Take(Most).Select(r => new Line(r.Id.Value, r.Name, r.Country)),
        ]));
    }
}

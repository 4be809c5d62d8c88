using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Sites;

/// <summary>POST /api/v1/suppliers/directory: sites and recruiters by name, for the search of the worker's form. Nothing but where they are. In the body: what a worker typed belongs in no address.</summary>
internal static class SearchNames
{
    private const int Most = 20;

    /// <summary>A supplier itself is no place where she works.</summary>
    private static readonly string[] Found = ["site", "recruiter"];

    public sealed record Request([property: Required, StringLength(100)] string Name);

    public sealed record Line(Guid Id, string Kind, string Name, string? Province, string Country);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/directory", Handle).WithName(nameof(SearchNames)).RequireRoles(Roles.Service);

    private static async Task<Ok<IReadOnlyList<Line>>> Handle(Request request, SuppliersDb db, CancellationToken stop)
    {
        // Without the mark of the beginning, so that a word inside a name is found as well.
        var grams = Names.Grams(request.Name).Skip(1).ToList();
        if (grams.Count == 0) grams = [.. Names.Grams(request.Name)];
        if (grams.Count == 0) return TypedResults.Ok<IReadOnlyList<Line>>([]);

        // A misspelt letter spoils up to three grams; half of them must still agree.
        var enough = Math.Max(1, (grams.Count + 1) / 2);
        var hits = await db.Grams.Where(g => Found.Contains(g.Kind) && grams.Contains(g.Gram)).GroupBy(g => new { g.Kind, g.Subject })
            .Select(g => new { g.Key.Kind, g.Key.Subject, Shared = g.Count() }).Where(g => g.Shared >= enough)
            .OrderByDescending(g => g.Shared).ThenBy(g => g.Subject).Take(Most).ToListAsync(stop);

        var sites = hits.Where(h => h.Kind == "site").Select(h => new SiteId(h.Subject)).ToList();
        var recruiters = hits.Where(h => h.Kind == "recruiter").Select(h => new PartyId(h.Subject)).ToList();
        var lines = await db.Sites.AsNoTracking().Where(s => sites.Contains(s.Id) && s.Status == "active")
            .Select(s => new Line(s.Id.Value, "site", s.Name, s.Province, s.Country)).ToListAsync(stop);
        lines.AddRange(await db.Parties.AsNoTracking().Where(p => recruiters.Contains(p.Id))
            .Select(p => new Line(p.Id.Value, "recruiter", p.Name, null, p.Country)).ToListAsync(stop));

        var shared = hits.ToDictionary(h => h.Subject, h => h.Shared);
        return TypedResults.Ok<IReadOnlyList<Line>>([.. lines.OrderByDescending(l => shared[l.Id]).ThenBy(l => l.Name, StringComparer.Ordinal)]);
    }
}

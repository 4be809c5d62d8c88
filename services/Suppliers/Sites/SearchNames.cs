using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Sites;

/// <summary>POST /api/v1/suppliers/directory: sites and recruiters by name, for the search of the worker's form. Nothing but where they are. In the body: what a worker typed belongs in no address.</summary>
internal static class SearchNames
{
    private const int Most = 20;

    /// <summary>Before several names of one place become one line.</summary>
    private const int MostNames = 200;

    /// <summary>A supplier itself is no place where she works. A place that has ended, or has another name by now, still is the one where she worked.</summary>
    private static readonly string[] Found = ["site", "recruiter", FormerName.Kind];

    public sealed record Request([property: Required, StringLength(100)] string Name);

    /// <remarks>FoundAs: the earlier name that was found; null where it is the one of now.</remarks>
    public sealed record Line(Guid Id, string Kind, string Name, string? Province, string Country, string? FoundAs);

    private sealed record Hit(string Kind, Guid Id, string? FoundAs, int Shared);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/directory", Handle).WithName(nameof(SearchNames)).RequireRoles(Roles.Service);

    private static async Task<Ok<IReadOnlyList<Line>>> Handle(Request request, SuppliersDb db, CancellationToken stop)
    {
        // Without the mark of the beginning, so that a word inside a name is found as well.
        var grams = Names.Grams(request.Name).Skip(1).ToList();
        if (grams.Count == 0) grams = [.. Names.Grams(request.Name)];
        if (grams.Count == 0) return TypedResults.Ok<IReadOnlyList<Line>>([]);

        var hits = await Hits(grams, db, stop);
        var sites = hits.Where(h => h.Kind == "site").Select(h => new SiteId(h.Id)).ToList();
        var recruiters = hits.Where(h => h.Kind == "recruiter").Select(h => new PartyId(h.Id)).ToList();
        var lines = await db.Sites.AsNoTracking().Where(s => sites.Contains(s.Id)).Select(s => new Line(s.Id.Value, "site", s.Name, s.Province, s.Country, null)).ToListAsync(stop);
        lines.AddRange(await db.Parties.AsNoTracking().Where(p => recruiters.Contains(p.Id))
            .Select(p => new Line(p.Id.Value, "recruiter", p.Name, null, p.Country, null)).ToListAsync(stop));

        var found = hits.ToDictionary(h => h.Id);
        return TypedResults.Ok<IReadOnlyList<Line>>(
            [.. lines.Select(l => l with { FoundAs = found[l.Id].FoundAs }).OrderByDescending(l => found[l.Id].Shared).ThenBy(l => l.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Each place or recruiter once, by the name that agrees best: the one of now where two agree as well.</summary>
    private static async Task<IReadOnlyList<Hit>> Hits(List<string> grams, SuppliersDb db, CancellationToken stop)
    {
        // A misspelt letter spoils up to three grams; half of them must still agree.
        var enough = Math.Max(1, (grams.Count + 1) / 2);
        var names = await db.Grams.Where(g => Found.Contains(g.Kind) && grams.Contains(g.Gram)).GroupBy(g => new { g.Kind, g.Subject })
            .Select(g => new { g.Key.Kind, g.Key.Subject, Shared = g.Count() }).Where(g => g.Shared >= enough)
            .OrderByDescending(g => g.Shared).ThenBy(g => g.Kind == FormerName.Kind ? 1 : 0).ThenBy(g => g.Subject).Take(MostNames).ToListAsync(stop);

        var ids = names.Where(n => n.Kind == FormerName.Kind).Select(n => n.Subject).ToList();
        var former = await db.FormerNames.AsNoTracking().Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, stop);
        return
        [
            .. names.Where(n => n.Kind != FormerName.Kind || former.ContainsKey(n.Subject))
                .Select(n => n.Kind == FormerName.Kind ? new Hit("site", former[n.Subject].SiteId.Value, former[n.Subject].Name, n.Shared) : new Hit(n.Kind, n.Subject, null, n.Shared))
                .DistinctBy(h => h.Id).Take(Most),
        ];
    }
}

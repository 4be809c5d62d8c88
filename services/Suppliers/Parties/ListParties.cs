using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Parties;

/// <summary>GET /api/v1/suppliers/parties (administrator): organisations by part of their name, or by ids to say their names. Nothing but what they are, where and whose, and the version to correct them from.</summary>
internal static class ListParties
{
    private const int Most = 50;
    private const int MostIds = 200;
    private static readonly string[] RegisteredByHand = [PartyKinds.Brand, PartyKinds.AuditBody, PartyKinds.Operator];

    public sealed record Line(Guid Id, [property: OneOf(typeof(PartyKinds), nameof(PartyKinds.All))] string Kind, string Name, string Country, Guid? OwnerPartyId, int Version);

    /// <remarks>More: there are others; give more of the name.</remarks>
    public sealed record Response(IReadOnlyList<Line> Items, bool More);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/parties", Handle).WithName(nameof(ListParties)).RequireRoles(Roles.Administrator);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(SuppliersDb db, CancellationToken stop, string? query = null, Guid[]? ids = null)
    {
        if (ids is { Length: > MostIds }) return Problems.Bad("too-many-ids", $"Ask for {MostIds} organisations at most at once.");
        if (ids is { Length: > 0 }) return TypedResults.Ok(new Response(await Lines(db, [.. ids.Select(i => new PartyId(i))], stop), More: false));

        var wanted = Names.Normalised(query ?? "");
        if (query is { Length: > 200 } || wanted.Length < 2) return Problems.Bad("query-too-short", "Search for two letters of a name at least, and 200 characters at most.");

        var (candidates, cut) = await Candidates(db, wanted, query!, stop);
        var named = (await Lines(db, candidates, stop)).Where(l => Names.Normalised(l.Name).Contains(wanted, StringComparison.Ordinal))
            .OrderBy(l => Names.Normalised(l.Name) != wanted).ToList();
        return TypedResults.Ok(new Response([.. named.Take(Most)], cut || named.Count > Most));
    }

    /// <summary>Recruiters, and suppliers that were registered by hand: they may be on no list.</summary>
    private static readonly string[] OfTheIndex = [PartyKinds.Recruiter, PartyKinds.Supplier];

    /// <summary>More than are right, by what is kept of names; their own name decides. Brands, audit bodies and operators are registered one by one and few.
    /// Of the others the shortest names come first, so that a name given whole is never passed over.</summary>
    private static async Task<(IReadOnlyList<PartyId> Ids, bool Cut)> Candidates(SuppliersDb db, string wanted, string query, CancellationToken stop)
    {
        var few = await db.Parties.Where(p => RegisteredByHand.Contains(p.Kind)).Select(p => p.Id).ToListAsync(stop);
        var suppliers = await db.Relations.Where(r => r.NameKey.Contains(wanted)).GroupBy(r => r.SupplierId)
            .OrderBy(g => g.Min(r => r.NameKey.Length)).ThenBy(g => g.Key).Select(g => g.Key).Take(Most + 1).ToListAsync(stop);
        var grams = Names.Grams(query).Skip(1).ToList(); // without the mark of the beginning
        var indexed = await db.Grams.Where(g => OfTheIndex.Contains(g.Kind) && grams.Contains(g.Gram)).GroupBy(g => g.Subject)
            .Where(g => g.Count() == grams.Count)
            .OrderBy(g => db.Grams.Count(x => OfTheIndex.Contains(x.Kind) && x.Subject == g.Key)).ThenBy(g => g.Key).Select(g => g.Key).Take(Most + 1).ToListAsync(stop);
        return ([.. new HashSet<PartyId>([.. few, .. suppliers, .. indexed.Select(r => new PartyId(r))])], suppliers.Count > Most || indexed.Count > Most);
    }

    private static async Task<IReadOnlyList<Line>> Lines(SuppliersDb db, IReadOnlyList<PartyId> ids, CancellationToken stop) =>
        [.. (await db.Parties.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(stop))
            .Select(p => new Line(p.Id.Value, p.Kind, p.Name, p.Country, p.OwnerId?.Value, p.Version)).OrderBy(l => l.Name, StringComparer.Ordinal).ThenBy(l => l.Id)];
}

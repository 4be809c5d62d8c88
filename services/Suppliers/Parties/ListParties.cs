using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Parties;

/// <summary>GET /api/v1/suppliers/parties (administrator): organisations by part of their name, or by ids to say their names. Nothing but what they are, where and whose, and the version to correct them from.</summary>
internal static class ListParties
{
    /// <summary>So many from each of the three places where names are kept.</summary>
    private const int Each = 25;
    private const int MostCursor = 1_000_000;
    private const int MostIds = 200;

    /// <summary>One by one, and few.</summary>
    private static readonly string[] RegisteredByHand = [PartyKinds.Brand, PartyKinds.AuditBody, PartyKinds.Operator];

    /// <summary>Recruiters, and suppliers that were registered by hand: they may be on no list.</summary>
    private static readonly string[] OfTheIndex = [PartyKinds.Recruiter, PartyKinds.Supplier];

    public sealed record Line(Guid Id, [property: OneOf(typeof(PartyKinds), nameof(PartyKinds.All))] string Kind, string Name, string Country, Guid? OwnerPartyId, int Version);

    /// <remarks>Next: send it as cursor for the next page; null on the last. A page may be short where others follow.</remarks>
    public sealed record Response(IReadOnlyList<Line> Items, int? Next);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/parties", Handle).WithName(nameof(ListParties)).RequireRoles(Roles.Administrator);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(SuppliersDb db, CancellationToken stop, string? query = null, Guid[]? ids = null, int cursor = 0)
    {
        if (ids is { Length: > MostIds }) return Problems.Bad("too-many-ids", $"Ask for {MostIds} organisations at most at once.");
        if (ids is { Length: > 0 }) return TypedResults.Ok(new Response(await Lines(db, [.. ids.Select(i => new PartyId(i))], stop), Next: null));

        var wanted = Names.Normalised(query ?? "");
        if (query is { Length: > 200 } || wanted.Length < 2) return Problems.Bad("query-too-short", "Search for two letters of a name at least, and 200 characters at most.");
        if (cursor is < 0 or > MostCursor) return Problems.UnknownCursor();

        var byHand = (await Lines(db, await db.Parties.Where(p => RegisteredByHand.Contains(p.Kind)).Select(p => p.Id).ToListAsync(stop), stop)).Where(IsNamed)
            .OrderBy(l => !IsWhole(l)).Skip(cursor).Take(Each + 1).ToList();
        var (candidates, more) = await Candidates(db, wanted, query!, cursor, stop);
        var others = (await Lines(db, candidates, stop)).Where(IsNamed);
        return TypedResults.Ok(new Response([.. byHand.Take(Each).Concat(others).OrderBy(l => !IsWhole(l))], more || byHand.Count > Each ? cursor + Each : null));

        bool IsNamed(Line line) => Names.Normalised(line.Name).Contains(wanted, StringComparison.Ordinal);
        bool IsWhole(Line line) => Names.Normalised(line.Name) == wanted;
    }

    /// <summary>More than are right, by what is kept of names; their own name decides. The shortest names come first, so that a name given whole is on the first page.</summary>
    private static async Task<(IReadOnlyList<PartyId> Ids, bool More)> Candidates(SuppliersDb db, string wanted, string query, int from, CancellationToken stop)
    {
        var listed = await db.Relations.Where(r => r.NameKey.Contains(wanted)).GroupBy(r => r.SupplierId)
            .OrderBy(g => g.Min(r => r.NameKey.Length)).ThenBy(g => g.Key).Select(g => g.Key).Skip(from).Take(Each + 1).ToListAsync(stop);
        var grams = Names.Grams(query).Skip(1).ToList(); // without the mark of the beginning
        var indexed = await db.Grams.Where(g => OfTheIndex.Contains(g.Kind) && grams.Contains(g.Gram)).GroupBy(g => g.Subject)
            .Where(g => g.Count() == grams.Count)
            .OrderBy(g => db.Grams.Count(x => OfTheIndex.Contains(x.Kind) && x.Subject == g.Key)).ThenBy(g => g.Key).Select(g => g.Key).Skip(from).Take(Each + 1).ToListAsync(stop);

        // Who is in the index comes by it, on this page or another, and not by a brand's list as well. Of two letters the index knows nothing.
        var onLists = listed.Take(Each).Select(l => l.Value).ToList();
        var twice = grams.Count == 0 ? [] : await db.Grams.Where(g => OfTheIndex.Contains(g.Kind) && onLists.Contains(g.Subject)).Select(g => g.Subject).Distinct().ToListAsync(stop);
        return ([.. onLists.Except(twice).Concat(indexed.Take(Each)).Select(id => new PartyId(id))], listed.Count > Each || indexed.Count > Each);
    }

    private static async Task<IReadOnlyList<Line>> Lines(SuppliersDb db, IReadOnlyList<PartyId> ids, CancellationToken stop) =>
        [.. (await db.Parties.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(stop))
            .Select(p => new Line(p.Id.Value, p.Kind, p.Name, p.Country, p.OwnerId?.Value, p.Version)).OrderBy(l => l.Name, StringComparer.Ordinal).ThenBy(l => l.Id)];
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Risk.Editions;
using Recruitment.Risk.Method;
using Recruitment.Risk.Scoring;

namespace Recruitment.Risk.Viewing;

/// <summary><c>GET /api/v1/risk/sites</c>, brand or supplier: the caller's sites, the one to look at first in front, and why.</summary>
internal static class ListSites
{
    private const int PageSize = 25;

    internal sealed record Answer(IReadOnlyList<Row> Items, string? Next, Summary Summary, string MethodVersion, DateOnly? AsOf, string Statement);

    /// <summary>How the caller's sites are spread over the bands, for the asked topic or the first topic of each.</summary>
    internal sealed record Summary(int Sites, int NotYetScored, IReadOnlyList<BandCount> Bands);

    internal sealed record BandCount(string Band, string Label, int Sites);

    /// <remarks>Status: active, or ended when the supplier says that nobody works there any more, and EndedOn since when.</remarks>
    internal sealed record Row(
        Guid SiteId, string Site, string Country, string? Sector, Guid SupplierPartyId, string Supplier, bool Shared, int Rank, int Score, Estimate Estimate, VoiceLine? WorkerVoice,
        string Status, DateOnly? EndedOn);

    private sealed record Standing(SeenSite Site, int Severity, int Residual, int ImputedShare);

    private sealed record Ranked(Standing Standing, int Score, VoiceLine? Voice, int Rank)
    {
        public Place Place => new(Standing.Severity, Score, Standing.Site.Id);
    }

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/sites", Handle).WithName("ListRiskSites").RequireRoles(Roles.BrandAnalyst, Roles.SupplierUser);

    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        string? topic, string? cursor, RiskDb db, Viewer viewer, WorkerVoice voice, ReadView view, Ground ground, CancellationToken stop)
    {
        var now = ground.Now;
        if (topic is not null && now.Method.Topics.All(t => t.Code != topic))
            return Problems.Bad("unknown-topic", $"There is no topic of that code. Use one of: {string.Join(", ", now.Method.Topics.Select(t => t.Code))}.");
        var start = cursor is null ? null : Place.Read(cursor);
        if (cursor is not null && start is null)
            return Problems.UnknownCursor();

        await using var moment = await db.AsOfOneMoment(stop);
        var standings = await (from site in viewer.Told()
                               join t in db.Topics.AsNoTracking() on site.Id equals t.SiteId
                               where topic == null ? t.IsTop : t.Topic == topic
                               select new Standing(site, t.Severity, t.Residual, t.ImputedShare)).ToListAsync(stop);
        foreach (var site in await viewer.Listed().ToListAsync(stop))
        {
            var score = PartOf(now.ScoreListed(ReadView.FromList(site)), topic);
            standings.Add(new(site, score.Severity, score.Residual, score.ImputedShare));
        }
        // A publisher restored from an old backup may have made a relation anew: a site stands in the list once.
        standings = [.. standings.DistinctBy(s => s.Site.Id)];
        var heard = await voice.About("site", standings.ToDictionary(s => s.Site.Id, s => s.Site.PartyId), stop);
        var ranked = Rank(standings, heard, overall: topic is null);
        var after = ranked.Where(r => start is not { } place || place.IsBefore(r.Place)).Take(PageSize + 1).ToList();
        var page = after.Take(PageSize).ToList();

        var known = await viewer.Told().CountAsync(stop) + standings.Count(s => !s.Site.Told);
        return TypedResults.Ok(new Answer(
            await Rows(page, topic, db, view, now, stop),
            after.Count > PageSize ? page[^1].Place.ToString() : null,
            new(known, known - ranked.Count, Spread(ranked, now.Method)),
            now.Method.Version, now.Edition.AsOf, now.Method.Statement));
    }

    /// <summary>Counted as the rows say: a site of which too little is known is in none of the bands.</summary>
    private static List<BandCount> Spread(List<Ranked> ranked, RiskMethod method)
    {
        var bands = ranked.CountBy(r => method.BandOf(r.Score, r.Standing.ImputedShare)).ToDictionary();
        List<BandCount> counts = [.. method.Bands.Select(b => new BandCount(b.Code, b.Label, bands.GetValueOrDefault(b.Code)))];
        if (bands.TryGetValue("unknown", out var unknown)) counts.Add(new("unknown", method.BandLabel("unknown"), unknown));
        return counts;
    }

    /// <summary>Severity first, then likelihood. Equal scores share a rank, whatever else differs.</summary>
    private static List<Ranked> Rank(IEnumerable<Standing> standings, IReadOnlyDictionary<Guid, VoiceLine> heard, bool overall)
    {
        // On a single topic nothing is added: a line of worker voice has no topic.
        var scored = standings.Select(s => (Standing: s, Voice: overall ? heard.GetValueOrDefault(s.Site.Id) : null))
            .Select(s => (s.Standing, s.Voice, Score: Math.Min(10_000, s.Standing.Residual + (s.Voice?.Points ?? 0))))
            .OrderByDescending(s => s.Standing.Severity).ThenByDescending(s => s.Score).ThenBy(s => s.Standing.Site.Id).ToList();

        var ranked = new List<Ranked>(scored.Count);
        foreach (var (standing, said, score) in scored)
        {
            var before = ranked.Count > 0 ? ranked[^1] : null;
            var shared = before is not null && before.Standing.Severity == standing.Severity && before.Score == score;
            ranked.Add(new(standing, score, said is null ? null : said with { Points = score - standing.Residual }, shared ? before!.Rank : ranked.Count + 1));
        }
        return ranked;
    }

    private static async Task<IReadOnlyList<Row>> Rows(
        List<Ranked> page, string? topic, RiskDb db, ReadView view, Ground.Standing now, CancellationToken stop)
    {
        var sites = page.Select(r => r.Standing.Site).ToList();
        var owners = sites.Where(s => s.Supplier is null).Select(s => s.PartyId).ToList();
        var names = await db.Parties.AsNoTracking().Where(p => owners.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, stop);
        var views = await view.Of(sites, stop);

        return
        [
            .. page.Select(r =>
            {
                var site = r.Standing.Site;
                return new Row(site.Id, site.Name, site.Country, site.Sector, site.PartyId, site.Supplier ?? names.GetValueOrDefault(site.PartyId, ""), site.Told, r.Rank, r.Score,
                    Estimate.Of(PartOf(views[site.Id].Score, topic), now, r.Voice?.Points ?? 0), r.Voice, site.Status, site.EndedOn);
            }),
        ];
    }

    private static TopicScore PartOf(SiteScore score, string? topic) => topic is null ? score.Top : score.Topics.First(t => t.Topic == topic);
}

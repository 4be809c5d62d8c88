using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Risk.Editions;
using Recruitment.Risk.Method;
using Recruitment.Risk.Scoring;

namespace Recruitment.Risk.Viewing;

/// <summary><c>GET /api/v1/risk/sites/{id}</c>, brand or supplier: every topic with what it is made of, what is missing, and how it changed.</summary>
internal static class GetSite
{
    /// <remarks>Status: active, or ended when the supplier says that nobody works there any more, and EndedOn since when.</remarks>
    internal sealed record Answer(
        Guid SiteId, string Site, string Country, string? Sector, Guid SupplierPartyId, string Supplier, bool Shared, int Score, Estimate Headline, IReadOnlyList<TopicAnswer> Topics,
        VoiceLine? WorkerVoice, IReadOnlyList<RecruiterAnswer> Recruiters, Support SupportNeeded, IReadOnlyList<Change> Changes, string Status, DateOnly? EndedOn);

    internal sealed record TopicAnswer(Estimate Estimate, int Inherent, IReadOnlyList<Line> Lines, IReadOnlyList<Gap> Missing);

    internal sealed record RecruiterAnswer(Guid PartyId, string Name, string Status, VoiceLine? WorkerVoice);

    /// <summary>How much support people who came from elsewhere may need here. No part of any score, rank or band.</summary>
    internal sealed record Support(int? Figure, int Corridors, string Meaning);

    /// <remarks>Cause: of the log, or several joined by + where they took turns on a day. The changes of a topic on a day stand in the order in which they connect.</remarks>
    internal sealed record Change(DateOnly Day, string Topic, string TopicLabel, string Cause, int? Before, int After);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/sites/{id:guid}", Handle).WithName("GetRiskSite").RequireRoles(Roles.BrandAnalyst, Roles.SupplierUser);

    private static async Task<Results<Ok<Answer>, NotFound>> Handle(
        Guid id, RiskDb db, Viewer viewer, WorkerVoice voice, ReadView view, Ground ground, CancellationToken stop)
    {
        await using var moment = await db.AsOfOneMoment(stop);
        if (await viewer.Site(id, stop) is not { } site) return TypedResults.NotFound();

        var now = ground.Now;
        var (read, score) = (await view.Of([site], stop))[id];
        var heard = (await voice.About("site", new Dictionary<Guid, Guid> { [id] = site.PartyId }, stop)).GetValueOrDefault(id);
        var total = Math.Min(10_000, score.Top.Residual + (heard?.Points ?? 0));
        var supplier = site.Supplier ?? await db.Parties.AsNoTracking().Where(p => p.Id == site.PartyId).Select(p => p.Name).FirstOrDefaultAsync(stop);

        return TypedResults.Ok(new Answer(
            site.Id, site.Name, site.Country, site.Sector, site.PartyId, supplier ?? "", site.Told, total, Estimate.Of(score.Top, now, total - score.Top.Residual),
            [.. score.Topics.Select(t => new TopicAnswer(Estimate.Of(t, now), t.Inherent, t.Lines, t.Gaps))],
            heard is null ? null : heard with { Points = total - score.Top.Residual },
            await Recruiters(read, db, voice, stop),
            await SupportOf(site, db, now, stop),
            await Changes(site, score, db, now.Method, stop), site.Status, site.EndedOn));
    }

    private static async Task<IReadOnlyList<RecruiterAnswer>> Recruiters(SiteInputs read, RiskDb db, WorkerVoice voice, CancellationToken stop)
    {
        var ids = read.Recruiters.Select(r => r.PartyId).ToList();
        var names = await db.Parties.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, stop);
        var heard = await voice.About("recruiter", ids.ToDictionary(i => i, i => i), stop);
        return [.. read.Recruiters.Select(r => new RecruiterAnswer(r.PartyId, names.GetValueOrDefault(r.PartyId, ""), r.Status, heard.GetValueOrDefault(r.PartyId)))];
    }

    private static async Task<Support> SupportOf(SeenSite site, RiskDb db, Ground.Standing now, CancellationToken stop)
    {
        var links = !site.Told ? [] : (await db.Links.AsNoTracking().Where(l => l.SiteId == site.Id).ToListAsync(stop)).Where(l => l.InUse(now.Edition.AsOf));
        var corridors = links.Select(l => l.OriginCountry).Distinct().Count();
        var scale = now.Method.SupportNeeded;
        int? figure = site is { WorkersTotal: > 0, MigrantWorkers: { } migrants }
            ? (int)Math.Min(10_000, ((long)Math.Min(migrants, site.WorkersTotal.Value) * scale.Share / site.WorkersTotal.Value) + (corridors * scale.Corridor))
            : null;
        return new(figure, corridors, scale.Source);
    }

    private static async Task<IReadOnlyList<Change>> Changes(SeenSite site, SiteScore score, RiskDb db, RiskMethod method, CancellationToken stop)
    {
        // What changed before the supplier shared was never said to this reader; what changed on that very day may be read.
        if (site.ToldSince is not { } since) return [];
        var labels = method.Topics.ToDictionary(t => t.Code, t => t.Label);
        var changes = await db.Changes.AsNoTracking().Where(c => c.SiteId == site.Id && c.Day >= since).OrderByDescending(c => c.Day).Take(400).ToListAsync(stop);
        return
        [
            .. changes.GroupBy(c => c.Topic)
                .SelectMany(g => Steps.Of(g, score.Topics.FirstOrDefault(t => t.Topic == g.Key)?.Residual ?? g.First().After)
                    .Select(s => new Change(s.Day, g.Key, labels.GetValueOrDefault(g.Key, g.Key), s.Cause, s.Before, s.After)))
                .OrderByDescending(c => c.Day).ThenBy(c => c.Topic, StringComparer.Ordinal),
        ];
    }
}

using Microsoft.EntityFrameworkCore;
using Recruitment.Risk.Editions;
using Recruitment.Risk.Scoring;

namespace Recruitment.Risk.Sites;

/// <summary>Makes the scores of some sites again on the current edition and logs what changed. Runs in its caller's transaction.</summary>
internal sealed class Rescore(RiskDb db, Ground ground, ReadInputs inputs)
{
    public async Task Sites(IReadOnlyCollection<Guid> siteIds, string cause, CancellationToken stop)
    {
        foreach (var some in siteIds.Distinct().Order().Chunk(500))
        {
            // The input goes to the database first: what is read below is then everything, ours included.
            await db.SaveChangesAsync(stop);
            await db.TakeTurns(some, stop);
            await Chunk(some, cause, stop);
        }
    }

    private async Task Chunk(Guid[] siteIds, string cause, CancellationToken stop)
    {
        var standing = ground.Now;
        var stored = await db.Scores.Where(s => siteIds.Contains(s.SiteId)).ToDictionaryAsync(s => s.SiteId, stop);
        var topics = (await db.Topics.Where(t => siteIds.Contains(t.SiteId)).ToListAsync(stop)).ToDictionary(t => (t.SiteId, t.Topic));
        var today = (await db.Changes.Where(c => siteIds.Contains(c.SiteId) && c.Day == standing.Edition.AsOf && c.Cause == cause).ToListAsync(stop))
            .ToDictionary(c => (c.SiteId, c.Topic));

        foreach (var site in await inputs.Of(siteIds, standing.Edition.AsOf, stop))
        {
            var score = standing.Scorer.Score(site);
            foreach (var topic in score.Topics) Store(site.SiteId, topic, topic == score.Top, cause, topics, today, standing.Edition.AsOf);
            if (!stored.TryGetValue(site.SiteId, out var row)) db.Scores.Add(row = new StoredScore { SiteId = site.SiteId });
            row.Edition = standing.Edition.Number;
        }
        await db.SaveChangesAsync(stop);
    }

    private void Store(Guid siteId, TopicScore score, bool isTop, string cause,
        Dictionary<(Guid, string), StoredTopic> topics, Dictionary<(Guid, string), ScoreChange> today, DateOnly day)
    {
        var first = !topics.TryGetValue((siteId, score.Topic), out var row);
        if (first) db.Topics.Add(row = new StoredTopic { SiteId = siteId, Topic = score.Topic });
        if (first || row!.Residual != score.Residual)
        {
            if (today.TryGetValue((siteId, score.Topic), out var known)) known.After = score.Residual;
            else db.Changes.Add(new ScoreChange { SiteId = siteId, Topic = score.Topic, Day = day, Cause = cause, Before = first ? null : row!.Residual, After = score.Residual });
        }
        row!.Severity = score.Severity;
        row.Residual = score.Residual;
        row.ImputedShare = score.ImputedShare;
        row.IsTop = isTop;
    }
}

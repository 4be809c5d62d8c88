using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Platform;
using Recruitment.Risk.Method;
using Recruitment.Risk.Reference;
using Recruitment.Risk.Scoring;
using Recruitment.Risk.Sites;

namespace Recruitment.Risk.Editions;

/// <summary>Opens an edition when the day, the method or the facts are new: freezes the percentiles, then scores every site on it.</summary>
internal sealed class OpenEdition(
    RiskDb db, LoadFacts facts, ReadInputs inputs, Rescore rescore, Ground ground, BusinessClock clock, IOptions<PlatformOptions> options)
{
    /// <summary>The edition in force, opened now where it is due. Scores follow with <see cref="CatchUp"/>.</summary>
    public async Task Ensure(CancellationToken stop)
    {
        var method = ground.IsReady ? ground.Now.Method : MethodFile.Newest(options.Value.DataFolder);
        var book = ground.IsReady ? ground.Now.Facts : await facts.Load(stop);
        var last = await Last(stop);
        while (last is null || last.AsOf < clock.Today || last.MethodVersion != method.Version || last.FactsVersion != book.Version)
        {
            // Where another replica opens that one meanwhile, its own is looked at as any other: it may be by another method.
            last = await Open((last?.Number ?? 0) + 1, method, book, stop) ?? await Last(stop);
        }
        if (!ground.IsReady || ground.Now.Edition.Number != last.Number) ground.Set(method, book, last);
    }

    /// <summary>Takes over an edition that another replica, or the row of the day, has opened.</summary>
    public async Task Follow(CancellationToken stop)
    {
        var last = await db.Editions.AsNoTracking().OrderByDescending(e => e.Number).FirstAsync(stop);
        var now = ground.Now;
        // One that another release opened by its own method waits for that release to be everywhere.
        if (now.Edition.Number != last.Number && last.MethodVersion == now.Method.Version && last.FactsVersion == now.Facts.Version) ground.Set(now.Method, now.Facts, last);
    }

    /// <summary>Scores the sites that still stand on an older edition. Interrupted, it goes on where it was.</summary>
    public async Task CatchUp(CancellationToken stop)
    {
        while (true)
        {
            var number = ground.Now.Edition.Number;
            var behind = await db.Scores.Where(s => s.Edition < number).OrderBy(s => s.SiteId).Select(s => s.SiteId).Take(500).ToListAsync(stop);
            if (behind.Count == 0) return;

            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await rescore.Sites(behind, "daily_edition", stop);
            await transaction.CommitAsync(stop);
            db.ChangeTracker.Clear();
        }
    }

    private Task<ScoreEdition?> Last(CancellationToken stop) => db.Editions.AsNoTracking().OrderByDescending(e => e.Number).FirstOrDefaultAsync(stop);

    /// <summary>Null when somebody else has opened the edition of this number.</summary>
    private async Task<ScoreEdition?> Open(int number, RiskMethod method, FactBook book, CancellationToken stop)
    {
        var today = clock.Today;
        var active = await db.Sites.Where(s => s.Status == "active").Select(s => s.Id).ToListAsync(stop);
        var all = new List<SiteInputs>(active.Count);
        foreach (var some in active.Chunk(500)) all.AddRange(await inputs.Of(some, today, stop));

        var edition = new ScoreEdition
        {
            Number = number,
            AsOf = today,
            MethodVersion = method.Version,
            FactsVersion = book.Version,
            Peers = JsonSerializer.Serialize(PeerBook.From(all, method).Values),
        };
        db.Editions.Add(edition);
        try
        {
            await db.SaveChangesAsync(stop);
            return edition;
        }
        catch (DbUpdateException problem) when (MadeTwice.Is(problem))
        {
            return null;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }
}

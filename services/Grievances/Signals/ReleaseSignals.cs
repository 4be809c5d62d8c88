using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Recruitment.Contracts.Grievances;
using Recruitment.Grievances.Cases;
using Recruitment.Grievances.Erasure;

namespace Recruitment.Grievances.Signals;

/// <summary>
/// The only place where contributions are opened and counted. It publishes bands over at least k distinct cases about sites that are large
/// enough, and nothing else: no totals (so no subtraction), no topic finer than the fixed partition, no count in any table or log.
/// </summary>
internal sealed class ReleaseSignals(
    GrievancesDb db, ErasureKeys erasure, SuppliersClient suppliers, ContributionBox box, BusinessClock clock, IOptions<GrievancesOptions> options)
{
    /// <summary>So many fit into one message many times over, however long their names are; more are published as another release of the same day.</summary>
    internal const int MostCells = 1_000;

    /// <summary>Makes the row of the current quarter when there is none, and does what is due.</summary>
    /// <returns>The day of the next release, by the business clock.</returns>
    public async Task<DateTime> DoWhatIsDue(CancellationToken stop)
    {
        // First what a release before this one could not end: until it is listed, a restore would count it again.
        await erasure.EraseWhatIsDue(stop);
        var due = await Upcoming(stop);
        while (due.DueOn <= clock.Today)
        {
            await Release(due, stop);
            await erasure.EraseWhatIsDue(stop);
            due = await Upcoming(stop);
        }
        return clock.BeginOf(due.DueOn);
    }

    /// <summary>The next release; drawn once and then fixed.</summary>
    /// <remarks>One look tells whether one is open and which was the last. With two, whoever looked between them at what another drew would draw a quarter too many, and the first of both would wait for the second.</remarks>
    public async Task<DueRelease> Upcoming(CancellationToken stop)
    {
        while (true)
        {
            var openOrLast = await db.DueReleases.Where(d => d.DoneOn == null || d.Period == db.DueReleases.Max(all => all.Period)).OrderBy(d => d.Period).FirstOrDefaultAsync(stop);
            if (openOrLast is { DoneOn: null }) return openOrLast;

            var period = openOrLast is null ? Quarter.Of(clock.Today) : Quarter.Next(openOrLast.Period);
            var jitter = RandomNumberGenerator.GetInt32(options.Value.ReleaseJitterDays + 1);
            db.Add(new DueRelease { Period = period, DueOn = Quarter.FirstDayAfter(period).AddDays(options.Value.ReleaseDelayDays + jitter) });
            try
            {
                await db.SaveChangesAsync(stop);
            }
            catch (DbUpdateException)
            {
                db.ChangeTracker.Clear();
                // Another replica drew it first, or it cannot be drawn at all.
                if (!await db.DueReleases.AnyAsync(d => d.Period == period, stop)) throw;
            }
        }
    }

    private async Task Release(DueRelease due, CancellationToken stop)
    {
        var opened = (await db.Contributions.ToListAsync(stop)).ConvertAll(row => (Row: row, Cell: box.Open(row.Sealed)));
        var oldest = Quarter.Before(due.Period, options.Value.ContributionQuarters - 1);
        var inTime = opened.Where(c => string.CompareOrdinal(c.Cell.Period, due.Period) <= 0 && string.CompareOrdinal(c.Cell.Period, oldest) >= 0);

        var cells = new List<SignalCell>();
        foreach (var group in inTime.GroupBy(c => (c.Cell.SubjectKind, c.Cell.SubjectId, c.Cell.TopicGroup)).OrderBy(g => g.Key.SubjectId).ThenBy(g => g.Key.TopicGroup, StringComparer.Ordinal))
        {
            var counted = AsPromised(group.OrderBy(c => c.Cell.Promised).ToList());
            var count = counted.Count;
            if (count < options.Value.SmallestGroup || !await IsLargeEnough(group.Key.SubjectKind, group.Key.SubjectId, stop)) continue;

            cells.Add(new()
            {
                SubjectKind = group.Key.SubjectKind, SubjectId = group.Key.SubjectId, TopicGroup = group.Key.TopicGroup, Period = due.Period, Band = Band.Of(count, options.Value.SmallestGroup),
            });
            // Counted once and gone, from a restored backup too: a later release of the same cell needs k cases more, so two releases cannot be subtracted.
            db.RemoveRange(counted.Select(c => c.Row));
            db.AddRange(counted.Select(c => new DueUncount { TokenHash = c.Row.TokenHash }));
        }
        db.RemoveRange(opened.Where(c => string.CompareOrdinal(c.Cell.Period, oldest) < 0).Select(c => c.Row));

        foreach (var part in cells.Chunk(MostCells)) Publish(part);
        // Told apart by it, so that of two who release the same quarter one saves nothing of this.
        due.DoneOn = clock.Today;
        await db.SaveChangesAsync(stop);
    }

    /// <summary>The most that can be counted together so that each is with as many as its worker was promised. Those promised more wait; they hold up nobody else.</summary>
    private static List<(Contribution Row, Cell Cell)> AsPromised(List<(Contribution Row, Cell Cell)> smallestPromiseFirst)
    {
        var counted = smallestPromiseFirst.Count;
        while (counted > 0 && smallestPromiseFirst[counted - 1].Cell.Promised > counted) counted--;
        return smallestPromiseFirst[..counted];
    }

    private void Publish(SignalCell[] cells)
    {
        var release = new Release { Id = RandomId.New(), ReleasedOn = clock.Today, Cells = JsonSerializer.Serialize(cells, Sealing.Json) };
        db.Add(release);
        db.Publish(release.AsEvent(db.Epoch));
    }

    /// <summary>Sites with enough known workers. Nobody knows yet how many people went through a recruiter, so nothing is said about recruiters.</summary>
    private async Task<bool> IsLargeEnough(string kind, Guid subject, CancellationToken stop) =>
        kind == "site" && await suppliers.WorkersAt(subject, stop) >= options.Value.SmallestSite;
}

using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Deadlines;

/// <summary>Asks once a day for every deadline of which nothing was said yet: for applications of a release that had no such rows, and where the calendar is another one now.</summary>
internal sealed class AskForDeadlines(AccreditationDb db, TimeLimits limits, BusinessClock clock) : IDueWork, IActsFirst
{
    public const string Kind = "ask-for-deadlines";

    /// <summary>A save for each so many, so that nobody waits for all.</summary>
    private const int Together = 100;

    private static readonly IReadOnlyList<State> WithDays = [State.Deferred, State.Granted, State.Suspended];
    private DateTime next;

    public async Task Act(string subject, CancellationToken stop)
    {
        // Before it looks: a day that begins meanwhile has its own turn.
        next = limits.Calendar.EndOf(limits.TodayOf(clock));
        var all = db.Applications.AsNoTracking().Where(a => WithDays.Contains(a.State));
        List<Application> some;
        var after = Guid.Empty;
        do
        {
            some = await all.Where(a => a.Id.CompareTo(after) > 0).OrderBy(a => a.Id).Take(Together).ToListAsync(stop);
            await AskForWhatWasNotSaid(some, stop);
            if (some is [.., var last]) after = last.Id;
        }
        while (some.Count == Together);
    }

    public Task<DateTime?> Do(string subject, CancellationToken stop) => Task.FromResult<DateTime?>(next);

    private async Task AskForWhatWasNotSaid(List<Application> some, CancellationToken stop)
    {
        var ids = some.ConvertAll(a => a.Id);
        var said = (await db.Reminders.AsNoTracking().Where(r => ids.Contains(r.ApplicationId)).ToListAsync(stop)).Select(r => (r.ApplicationId, r.Deadline, r.Day)).ToHashSet();
        var today = limits.TodayOf(clock);
        foreach (var application in some)
        {
            foreach (var deadline in Deadline.Of(application, limits).Where(d => !d.IsMoot(today) && !said.Contains((application.Id, d.Name, d.Day))))
                db.Due(ReachDeadline.Kind, Deadline.SubjectOf(application.Id, deadline.Name), deadline.At);
        }
        await db.SaveChangesAsync(stop);
    }
}

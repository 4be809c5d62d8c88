using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>Forgets once a day how mails ended, also where no other mail is sent any more.</summary>
internal sealed class ForgetMails<TDb>(TDb db, TimeProvider time) : IDueWork, IActsFirst
    where TDb : ServiceDb
{
    public const string Kind = "forget-mails";

    /// <summary>Since 2026-11: how a mail ended is shown for 30 days.</summary>
    private const int DaysShown = 30;

    /// <summary>Few enough that nobody waits long for the one writer of a SQLite file.</summary>
    private const int Batch = 5_000;

    public async Task Act(string subject, CancellationToken stop)
    {
        var tooOld = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-DaysShown);
        while (await db.Set<Mail>().AnyAsync(m => m.EndedOn < tooOld, stop))
            await db.Set<Mail>().Where(m => m.EndedOn < tooOld).OrderBy(m => m.Id).Take(Batch).ExecuteDeleteAsync(stop);
    }

    public Task<DateTime?> Do(string subject, CancellationToken stop) => Task.FromResult<DateTime?>(time.GetUtcNow().UtcDateTime.AddDays(1));
}

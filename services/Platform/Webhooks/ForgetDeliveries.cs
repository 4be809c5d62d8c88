using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>Forgets once a day what became of deliveries, also where nothing is delivered any more.</summary>
internal sealed class ForgetDeliveries<TDb>(TDb db, TimeProvider time) : IDueWork, IActsFirst
    where TDb : ServiceDb
{
    public const string Kind = "forget-deliveries";

    /// <summary>Since 2026-11: the log of deliveries goes back 30 days.</summary>
    private const int DaysShown = 30;

    /// <summary>Few enough that nobody waits long for the one writer of a SQLite file.</summary>
    private const int Batch = 1_000;

    public async Task Act(string subject, CancellationToken stop)
    {
        var tooOld = time.GetUtcNow().UtcDateTime.AddDays(-DaysShown);
        while (await db.Set<WebhookDelivery>().Where(d => d.HappenedAt < tooOld).OrderBy(d => d.Id).Select(d => d.Id).Take(Batch).ToListAsync(stop) is { Count: > 0 } old)
        {
            await db.Set<WebhookTry>().Where(t => old.Contains(t.DeliveryId)).ExecuteDeleteAsync(stop);
            await db.Set<WebhookDelivery>().Where(d => old.Contains(d.Id)).ExecuteDeleteAsync(stop);
        }
    }

    public Task<DateTime?> Do(string subject, CancellationToken stop) => Task.FromResult<DateTime?>(time.GetUtcNow().UtcDateTime.AddDays(1));
}

using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Suppliers.Imports;

/// <summary>Reads received lists one after the other, and takes back those that were read by mistake. First all of it without saving, so that a list that cannot be read changes nothing;
/// then in batches, each in one transaction with the place reached, so that a kill loses and repeats nothing.</summary>
internal sealed class ImportRunner(IServiceScopeFactory scopes, ImportSignal signal, FileKey key, TimeProvider time, ILogger<ImportRunner> log) : BackgroundService
{
    private const int BatchSize = 1000;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaseFor = TimeSpan.FromSeconds(20);
    private readonly Guid me = Guid.CreateVersion7();

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await Claim(stoppingToken) is { } import) await ReadList(import, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception wrong) when (!stoppingToken.IsCancellationRequested)
            {
                // The batch was rolled back; the import stands where it was and is read on from there.
                log.LogWarning(wrong, "A supplier list could not be read on; it will be tried again.");
            }
            await signal.Wait(Look, stoppingToken);
        }
    }

    private async Task<Guid?> Claim(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SuppliersDb>();
        var (now, tooOld) = (Now, Now.AddDays(-1));
        await db.Imports.Where(i => i.Status == SupplierImport.Receiving && i.CreatedAt < tooOld).ExecuteDeleteAsync(stop);
        await db.Chunks.Where(c => !db.Imports.Any(i => i.Id == c.ImportId)).ExecuteDeleteAsync(stop);

        var import = await db.Imports.Where(i => i.Status == SupplierImport.Received
                || ((i.Status == SupplierImport.Reading || i.Status == SupplierImport.TakingBack) && (i.LeaseOwner == me || i.LeaseUntil == null || i.LeaseUntil < now)))
            .OrderBy(i => i.CreatedAt).FirstOrDefaultAsync(stop);
        if (import is null) return null;

        import.Lease(me, now + LeaseFor);
        await db.SaveChangesAsync(stop);
        return import.Id;
    }

    private async Task ReadList(Guid id, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var pieces = scope.ServiceProvider.GetRequiredService<SuppliersDb>();
        var import = await pieces.Imports.AsNoTracking().SingleAsync(i => i.Id == id, stop);
        if (import.Status == SupplierImport.TakingBack)
        {
            await TakeBack(id, stop);
            return;
        }

        using var file = new StoredFile(import.Size, index => key.Open(id, index,
            pieces.Chunks.AsNoTracking().Where(c => c.ImportId == id && c.Index == index).Select(c => c.Sealed).Single()));
        try
        {
            var total = 0;
            foreach (var _ in ListFile.Read(file))
            {
                if (++total % 50_000 == 0) await Renew(id, stop);
            }

            await Save(id, import.RowsRead, total, file, stop);
        }
        catch (UnreadableListException wrong)
        {
            await Close(id, i => i.Fail(wrong.Code, wrong.Message, Now), stop);
        }
        catch (CryptographicException)
        {
            // Trying again would open it no better, and would hold up every list behind it.
            await Close(id, i => i.Fail("key-lost", "The stored list cannot be opened any more: its key has changed. Upload the list again.", Now), stop);
        }
    }

    private async Task Save(Guid id, int alreadyRead, int total, StoredFile file, CancellationToken stop)
    {
        file.Position = 0;
        foreach (var batch in ListFile.Read(file).Skip(alreadyRead).Chunk(BatchSize))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<SuppliersDb>();
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.InBulk = true;
            var import = await db.Imports.SingleAsync(i => i.Id == id, stop);
            if (import.LeaseOwner != me) return; // another process reads on

            import.Count(total);
            await using var together = await db.Database.BeginTransactionAsync(stop);
            var rows = new ImportBatch(db, import, key);
            await rows.Take(batch, Now + LeaseFor, stop);
            db.ChangeTracker.DetectChanges();
            await db.SaveChangesAsync(stop);
            await rows.SaveGrams(stop);
            await together.CommitAsync(stop);
        }
        await Close(id, i => i.Finish(Now), stop);
    }

    private async Task TakeBack(Guid id, CancellationToken stop)
    {
        bool more;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<SuppliersDb>();
            db.InBulk = true;
            var import = await db.Imports.SingleAsync(i => i.Id == id, stop);
            if (import.LeaseOwner != me) return; // another process goes on

            await using var together = await db.Database.BeginTransactionAsync(stop);
            more = await new TakenBackRows(db, import).Next(BatchSize, Now, Now + LeaseFor, stop);
            await together.CommitAsync(stop);
        }
        while (more);
        await Change(id, i => i.FinishTakingBack(), stop);
    }

    private async Task Renew(Guid id, CancellationToken stop) => await Change(id, i => i.Lease(me, Now + LeaseFor), stop);

    private async Task Close(Guid id, Action<SupplierImport> how, CancellationToken stop)
    {
        await Change(id, how, stop, tell: true);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SuppliersDb>().Chunks.Where(c => c.ImportId == id).ExecuteDeleteAsync(stop);
    }

    private async Task Change(Guid id, Action<SupplierImport> how, CancellationToken stop, bool tell = false)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SuppliersDb>();
        var import = await db.Imports.SingleAsync(i => i.Id == id, stop);
        how(import);
        if (tell) await db.TellOfList(import, stop);
        await db.SaveChangesAsync(stop);
    }
}

using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Suppliers.Imports;

/// <summary>Reads received lists one after the other, and takes back those that were read by mistake. First all of it without saving, so that a list that cannot be read changes nothing;
/// then in batches, each in one transaction with the place reached, so that a kill loses and repeats nothing. A list that cannot be read for a reason that nobody foresaw
/// lets the others go first (<see cref="ListTries"/>), and is given up in the end.</summary>
internal sealed class ImportRunner(IServiceScopeFactory scopes, ImportSignal signal, FileKey key, TimeProvider time, ILogger<ImportRunner> log) : BackgroundService
{
    private const int BatchSize = 1000;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private const string GivenUp = "This list could not be read, and was given up after several tries. Save it as CSV and upload it again; if that fails too, tell whoever runs this platform: the log of Suppliers says where reading broke off.";
    private readonly Guid me = Guid.CreateVersion7();

    /// <summary>How long a list waits for a process that died or stands still before another reads on.</summary>
    internal TimeSpan LeaseFor { get; init; } = TimeSpan.FromSeconds(20);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await Claim(stoppingToken) is { } import) await Work(import, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception wrong) when (!stoppingToken.IsCancellationRequested)
            {
                // No list's own failure, which is counted with the list; the database, most likely, and it is back later.
                log.LogWarning(wrong, "The reader of supplier lists stumbled and goes on.");
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
            .Where(i => i.NotBefore == null || i.NotBefore <= now)
            .OrderBy(i => i.NotBefore ?? i.CreatedAt).FirstOrDefaultAsync(stop);
        if (import is null) return null;

        import.Lease(me, now + LeaseFor);
        await db.SaveChangesAsync(stop);
        return import.Id;
    }

    private async Task Work(Guid id, CancellationToken stop)
    {
        await using var lease = new ListLease(scopes, id, me, LeaseFor, time, log, stop);
        try
        {
            await ReadList(id, lease.Lost);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            // Another process reads on.
        }
        catch (Exception wrong) when (!stop.IsCancellationRequested)
        {
            // The batch was rolled back; the import stands where it was and is read on from there.
            await new ListTries(scopes, me, time, log).PutOff(id, wrong, stop);
        }
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
        if (import.Tries >= ListTries.Most)
        {
            await Refuse(id, "reading-failed", GivenUp, stop);
            return;
        }
        if (import.RowsRead == import.RowsTotal)
        {
            await Close(id, i => i.Finish(Now), stop); // every row is saved; whoever saved the last one did not come to the end
            return;
        }

        using var file = new StoredFile(import.Size, index => Piece(pieces, id, index, stop));
        try
        {
            var total = 0;
            foreach (var _ in ListFile.Read(file))
            {
                stop.ThrowIfCancellationRequested();
                total++;
            }

            await Save(id, import.RowsRead, total, file, stop);
        }
        catch (UnreadableListException wrong)
        {
            await Refuse(id, wrong.Code, wrong.Message, stop);
        }
        catch (CryptographicException)
        {
            // Trying again would open it no better, and would hold up every list behind it.
            await Refuse(id, "key-lost", "The stored list cannot be opened any more: its key has changed. Upload the list again.", stop);
        }
    }

    /// <remarks>Asked here too whether to go on: opening a large workbook reads very many pieces before its first row.</remarks>
    private byte[] Piece(SuppliersDb db, Guid import, int index, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var stored = db.Chunks.AsNoTracking().Where(c => c.ImportId == import && c.Index == index).Select(c => c.Sealed).SingleOrDefault()
            ?? throw new UnreadableListException("piece-missing", "A part of the stored list is missing. Upload the list again."); // waiting would not bring it back
        return key.Open(import, index, stored);
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
            if (await Mine(db, id, stop) is not { } import) return;

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
            if (await Mine(db, id, stop) is not { } import) return;

            await using var together = await db.Database.BeginTransactionAsync(stop);
            more = await new TakenBackRows(db, import).Next(BatchSize, Now, Now + LeaseFor, stop);
            if (!more)
            {
                import.FinishTakingBack(Now);
                if (import.Status == SupplierImport.Failed) await db.TellOfList(import, stop);
                await db.SaveChangesAsync(stop);
            }
            await together.CommitAsync(stop);
        }
        while (more);
    }

    private Task Refuse(Guid id, string code, string sentence, CancellationToken stop) => Close(id, i => i.Fail(code, sentence, Now), stop);

    /// <summary>The end, that it is told and that the file goes: one commit, made by whoever holds the lease. So it is told once, and no list stays open without its file.</summary>
    private async Task Close(Guid id, Action<SupplierImport> how, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SuppliersDb>();
        if (await Mine(db, id, stop) is not { } import) return;

        await using var together = await db.Database.BeginTransactionAsync(stop);
        how(import);
        if (import.FinishedAt is not null) await db.TellOfList(import, stop);
        await db.SaveChangesAsync(stop);
        await db.Chunks.Where(c => c.ImportId == id).ExecuteDeleteAsync(stop);
        await together.CommitAsync(stop);
    }

    /// <summary>The list while this process holds its lease; its version sees to it that nobody takes it over between here and the commit. None: another process reads on.</summary>
    private async Task<SupplierImport?> Mine(SuppliersDb db, Guid id, CancellationToken stop) =>
        await db.Imports.SingleOrDefaultAsync(i => i.Id == id && i.LeaseOwner == me, stop);
}

namespace Recruitment.Grievances.Erasure;

/// <summary>Makes, uses and removes erasure keys. What was wrapped under a removed key is gone, in every copy and backup of the cases.</summary>
internal sealed class ErasureKeys(ErasureDb db, ErasureList list, GrievancesDb cases)
{
    /// <summary>Saved before the case: a key without a case harms nobody, a case without a key is lost.</summary>
    public async Task<CaseWrapping> Make(CancellationToken stop)
    {
        var key = new ErasureKey { Id = RandomId.New(), Key = AtRest.NewKey() };
        db.Add(key);
        await db.SaveChangesAsync(stop);
        return new(key.Id, key.Key);
    }

    /// <summary>Null when it was removed: the case is gone, whatever a database still holds of it.</summary>
    public async Task<CaseWrapping?> Find(Guid id, CancellationToken stop) =>
        await db.Keys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, stop) is { } key ? new(key.Id, key.Key) : null;

    /// <summary>For a filing that came to nothing: another request had filed under the same receipt.</summary>
    public Task Discard(Guid id, CancellationToken stop) => RemoveKey(id, stop);

    /// <summary>
    /// Ends every deletion and withdrawal of which the rows are gone already, those included that a fault or a stop cut off. The key is listed before it goes,
    /// so that a restore of this very store from a backup removes it again.
    /// </summary>
    public async Task EraseWhatIsDue(CancellationToken stop)
    {
        var keys = await cases.DueErasures.AsNoTracking().Select(d => d.ErasureKeyId).ToListAsync(stop);
        var tokens = await cases.DueUncounts.AsNoTracking().Select(d => d.TokenHash).ToListAsync(stop);
        // All in one writing: a release can end thousands.
        await list.Add([.. keys.Select(key => key.ToString()), .. tokens], stop);
        foreach (var due in keys)
        {
            await RemoveKey(due, stop);
            await cases.DueErasures.Where(d => d.ErasureKeyId == due).ExecuteDeleteAsync(stop);
        }
        foreach (var due in tokens.Chunk(500)) await cases.DueUncounts.Where(d => due.Contains(d.TokenHash)).ExecuteDeleteAsync(stop);
    }

    /// <summary>Of what stands on the list of erasures already.</summary>
    public async Task RemoveAgain(IReadOnlyCollection<Guid> listed, CancellationToken stop)
    {
        foreach (var some in listed.Chunk(500)) await Remove(some, stop);
    }

    private Task RemoveKey(Guid id, CancellationToken stop) => Remove([id], stop);

    private async Task Remove(Guid[] ids, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            // Overwritten with zeros, not merely marked as free space.
            if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete=ON", stop);
            await db.Keys.Where(k => ids.Contains(k.Id)).ExecuteDeleteAsync(stop);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}

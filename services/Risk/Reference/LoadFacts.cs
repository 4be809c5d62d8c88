using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.Risk.Reference;

/// <summary>A facts file that was loaded; the same content is never loaded twice.</summary>
internal sealed class FactEdition
{
    public required string Name { get; init; }
    public required string Sha256 { get; init; }
    public required int Rows { get; init; }
    public required DateTime LoadedAt { get; init; }
}

/// <summary>Loads every facts file not yet in the database, shipped or added by the operator, and gives the book in force.</summary>
internal sealed class LoadFacts(RiskDb db, BusinessClock clock, IOptions<PlatformOptions> options)
{
    public async Task<FactBook> Load(CancellationToken stop)
    {
        var loaded = await db.FactEditions.AsNoTracking().ToDictionaryAsync(e => e.Sha256, stop);
        foreach (var (name, text) in DataFiles.All("facts", ".csv", options.Value.DataFolder))
        {
            var hash = FactFile.HashOf(text);
            if (!loaded.ContainsKey(hash)) await Load(name, text, hash, stop);
        }

        var version = FactFile.HashOf(string.Join('\n', await db.FactEditions.OrderBy(e => e.Sha256).Select(e => e.Sha256).ToListAsync(stop)));
        return new FactBook(await db.Facts.AsNoTracking().OrderBy(f => f.Id).ToListAsync(stop), version[..16]);
    }

    private async Task Load(string name, string text, string hash, CancellationToken stop)
    {
        var facts = FactFile.Read(name, text);
        db.Facts.AddRange(facts);
        db.FactEditions.Add(new FactEdition { Name = name, Sha256 = hash, Rows = facts.Count, LoadedAt = clock.Now });
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException problem) when (MadeTwice.Is(problem))
        {
            // Another replica that starts now has loaded it, rows and all.
        }
        db.ChangeTracker.Clear();
    }
}

using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>What came out when chains were made again from their entries, of one moment.</summary>
/// <param name="Chains">One for each organisation that the asker may read.</param>
/// <param name="Entries">That fit.</param>
/// <param name="Waiting">Written and not in a chain yet, which takes seconds.</param>
/// <param name="Until">The time of the newest entry that fits.</param>
/// <param name="Head">The hash of the last entry, where it is one chain: whoever notes it can compare later that nothing before it was written anew.</param>
/// <param name="Restores">Where a chain goes on after the database came back from a backup: what had been done since that backup is not in it.</param>
/// <param name="Wrong">The first that does not fit; null when all do.</param>
internal sealed record VerifiedTrail(
    int Chains, long Entries, long Waiting, DateTime? Until, string? Head, IReadOnlyList<VerifiedTrail.Restore> Restores, VerifiedTrail.Misfit? Wrong)
{
    /// <remarks>First: the place of the first entry afterwards.</remarks>
    public sealed record Restore(Guid PartyId, int Epoch, long First);

    /// <remarks>Why: changed, missing, not_in_place, or end (the chain is longer or shorter than its noted end).</remarks>
    public sealed record Misfit(Guid PartyId, long Sequence, DateTime? At, string Why);

    private const int MostRestores = 20;

    /// <summary>Reads every entry that the unit of work may see.</summary>
    public static async Task<VerifiedTrail> Of(ServiceDb db, CancellationToken stop)
    {
        await using var moment = await db.AsOfOneMoment(stop);
        var heads = await db.Set<AuditHead>().AsNoTracking().ToDictionaryAsync(h => h.Party, stop);
        var waiting = await db.Set<AuditEntry>().LongCountAsync(e => e.Sequence == null, stop);
        var chains = new Walk(db.AuditName, heads);
        await foreach (var entry in db.Set<AuditEntry>().AsNoTracking().Where(e => e.Sequence != null).OrderBy(e => e.Party).ThenBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(stop))
        {
            if (chains.Add(entry)) continue;
            break;
        }
        chains.End();
        return new(chains.Count, chains.Entries, waiting, chains.Until, chains.Count == 1 ? chains.Head : null, [.. chains.Restores.Take(MostRestores)], chains.Wrong);
    }

    /// <summary>Entries in the order of their chains.</summary>
    private sealed class Walk(string service, Dictionary<Guid, AuditHead> heads)
    {
        private Guid? party;
        private AuditEntry? last;

        public int Count { get; private set; }
        public long Entries { get; private set; }
        public DateTime? Until { get; private set; }
        public List<Restore> Restores { get; } = [];
        public Misfit? Wrong { get; private set; }
        public string? Head => last?.Hash is { } hash ? Convert.ToHexStringLower(hash) : null;

        /// <summary>Whether it fits.</summary>
        public bool Add(AuditEntry entry)
        {
            if (party != entry.Party)
            {
                if (!Close()) return false;
                (party, last) = (entry.Party, null);
                Count++;
            }
            var (expected, before) = ((last?.Sequence ?? 0) + 1, last?.Hash ?? AuditEntry.Beginning(service, entry.Party));
            if (WhyNot(entry, expected, before) is { } why)
            {
                Wrong = new(entry.Party, why == "missing" ? expected : entry.Sequence!.Value, entry.At, why);
                return false;
            }
            if (last is not null && last.Epoch != entry.Epoch) Restores.Add(new(entry.Party, entry.Epoch, entry.Sequence!.Value));
            if (Until is null || entry.At > Until) Until = entry.At;
            last = entry;
            Entries++;
            return true;
        }

        /// <summary>Ends of which no entry is left are missed too.</summary>
        public void End()
        {
            if (Wrong is null && Close() && heads.Values.FirstOrDefault() is { } empty) Wrong = new(empty.Party, 1, null, "end");
        }

        /// <summary>The chain before is as long as its end says.</summary>
        private bool Close()
        {
            if (party is not { } closed) return true;
            if (heads.Remove(closed, out var head) && head.Sequence == last!.Sequence && head.Hash.AsSpan().SequenceEqual(last.Hash)) return true;
            Wrong = new(closed, last!.Sequence!.Value + 1, null, "end");
            return false;
        }

        private static string? WhyNot(AuditEntry entry, long expected, byte[] before) =>
            entry.Sequence > expected ? "missing"
            : entry.Sequence < expected || entry.Previous is null || !before.AsSpan().SequenceEqual(entry.Previous) ? "not_in_place"
            : entry.Hash is null || !entry.HashAt(expected, before).AsSpan().SequenceEqual(entry.Hash) ? "changed"
            : null;
    }
}

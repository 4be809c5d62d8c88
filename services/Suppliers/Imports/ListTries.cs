using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>What becomes of a list whose reading broke off for a reason that nobody foresaw: it waits behind the others, longer each time, and is given up in the end.</summary>
/// <remarks>A failure of the database passes: the list waits as well, for it may be this list's part of the database alone, but the try does not count.</remarks>
internal sealed partial class ListTries(IServiceScopeFactory scopes, Guid owner, TimeProvider time, ILogger log)
{
    /// <summary>Failed so often since it last got on, a list is given up.</summary>
    public const int Most = 5;

    private static readonly TimeSpan Passes = TimeSpan.FromSeconds(5);

    /// <summary>After each failure in a row. None after the one with which it is given up; what cannot even be given up or taken back is tried on, once an hour.</summary>
    private static readonly TimeSpan[] Pauses = [.. new[] { 10, 60, 300, 900, 0, 3600 }.Select(s => TimeSpan.FromSeconds(s))];

    public async Task PutOff(Guid id, Exception wrong, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var mine = scope.ServiceProvider.GetRequiredService<SuppliersDb>().Imports.Where(i => i.Id == id && i.LeaseOwner == owner);
        var before = await mine.Select(i => (int?)i.Tries).SingleOrDefaultAsync(stop);
        if (before is null) return; // another process reads on

        var tries = Passing.Is(wrong) ? before.Value : before.Value + 1;
        var next = time.GetUtcNow().UtcDateTime + (tries == before ? Passes : Pauses[Math.Min(tries, Pauses.Length) - 1]);
        // Not through the aggregate: what it was about to become is what failed.
        await mine.ExecuteUpdateAsync(set => set.SetProperty(i => i.Tries, tries).SetProperty(i => i.NotBefore, next)
            .SetProperty(i => i.LeaseOwner, (Guid?)null).SetProperty(i => i.LeaseUntil, (DateTime?)null), stop);
        // Where, not what: the sentence of a mistake can hold a cell of the list.
        BrokeOff(log, id, tries, wrong.GetBaseException().GetType().Name, wrong.StackTrace);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Supplier list {List} could not be read on ({Tries} failures in a row that count) and waits behind the others: {Kind}\n{Where}")]
    private static partial void BrokeOff(ILogger log, Guid list, int tries, string kind, string? where);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Recruitment.Platform;

/// <summary>Does one kind of due work.</summary>
public interface IDueWork
{
    /// <summary>
    /// In one transaction with the removal of its row: what it saves counts once, however many replicas there are and whenever one dies. Nothing slow and no
    /// other server here; see <see cref="IActsFirst"/>.
    /// </summary>
    /// <returns>When it is due again, by its own clock; null when it is done.</returns>
    Task<DateTime?> Do(string subject, CancellationToken stop);
}

/// <summary>Work that reaches outside its database first: another server, a file, or more than one transaction holds.</summary>
public interface IActsFirst
{
    /// <summary>Before <see cref="IDueWork.Do"/>, outside any transaction. A process that dies after it acts again: whatever it does must bear that.</summary>
    Task Act(string subject, CancellationToken stop);
}

/// <summary>A kind of due work of one database.</summary>
/// <param name="Database">The service's own context.</param>
/// <param name="Name">As it stands in the rows; never renamed while there are rows of it.</param>
/// <param name="Work">An <see cref="IDueWork"/>.</param>
internal sealed record DueKind(Type Database, string Name, Type Work)
{
    /// <summary>Its times are those of the <see cref="BusinessClock"/>.</summary>
    public bool BusinessTime { get; init; }

    /// <summary>There is always one row of it, first due at once.</summary>
    public bool Always { get; init; }

    /// <summary>So many of it at once in one process. The others of this kind wait; those of other kinds do not.</summary>
    public int AtOnce { get; init; } = 4;

    /// <summary>Within it, whose work has how many places.</summary>
    public IReadOnlyList<Lane> Lanes { get; init; } = [];

    /// <summary>No pause after a failure is longer.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Every kind of due work of this process.</summary>
internal sealed class DueKinds(IEnumerable<DueKind> all)
{
    private readonly DueKind[] all = [.. all.DistinctBy(k => (k.Database, k.Name))];

    public IReadOnlyList<DueKind> Of<TDb>() => [.. all.Where(k => k.Database == typeof(TDb))];

    public DueKind Find(ServiceDb db, string name) => all.SingleOrDefault(k => k.Name == name && k.Database.IsInstanceOfType(db))
        ?? throw new InvalidOperationException($"No due work of {db.GetType().Name} is called {name}.");
}

public static class DueWork
{
    /// <summary>Registers a kind of due work; the model of the database must <see cref="DueRows.KeepDueWork"/>.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="kind">Its name in the rows.</param>
    /// <param name="businessTime">Due by the business clock, which a demonstration can move; else by the system's.</param>
    /// <param name="always">There is always one row of it, with an empty subject, first due when the service first starts.</param>
    /// <param name="atOnce">So many of it at once in one process.</param>
    /// <param name="longestPause">No pause after a failure is longer; an hour unless said otherwise.</param>
    /// <param name="lanes">Within it, whose work has how many places; none unless said otherwise.</param>
    public static void AddDueWork<TDb, TWork>(
        this IServiceCollection services, string kind, bool businessTime = false, bool always = false, int atOnce = 4, TimeSpan? longestPause = null, params Lane[] lanes)
        where TDb : ServiceDb
        where TWork : class, IDueWork
    {
        services.TryAddScoped<TWork>();
        services.TryAddSingleton<DueKinds>();
        services.TryAddSingleton<WriteTurn<TDb>>();
        services.TryAddSingleton<StuckWork>();
        services.AddSingleton(new DueKind(typeof(TDb), kind, typeof(TWork)) { BusinessTime = businessTime, Always = always, AtOnce = atOnce, LongestPause = longestPause ?? TimeSpan.FromHours(1), Lanes = lanes });
        services.AddHostedService<DueRunner<TDb>>();
    }

    /// <summary>With the next SaveChanges: from that time on the work is done, once. The same work asked for again moves to the new time.</summary>
    /// <param name="db">Where the row is kept.</param>
    /// <param name="kind">A registered kind.</param>
    /// <param name="subject">An opaque key of what it is about, nothing about people.</param>
    /// <param name="at">UTC, by the clock of the kind.</param>
    public static void Due(this ServiceDb db, string kind, string subject, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(subject);
        if (subject.Length > DueRow.LongestSubject) throw new ArgumentException("A subject of due work is a key, not a text.", nameof(subject));
        var known = db.GetService<DueKinds>().Find(db, kind);
        db.Ask(new DueRow
        {
            Id = DueRow.IdOf(kind, subject), Kind = kind, Subject = subject, DueAt = at, BusinessTime = known.BusinessTime,
            // Not when it was asked for, which may be nobody's business: it says no more than the time it is due at.
            NotBefore = DateTime.UnixEpoch,
        }, EntityState.Added);
    }

    /// <summary>With the next SaveChanges: the work is not due any more. Nothing happens when it was done or never asked for.</summary>
    public static void NotDue(this ServiceDb db, string kind, string subject)
    {
        ArgumentNullException.ThrowIfNull(db);
        db.Ask(new DueRow { Id = DueRow.IdOf(kind, subject) }, EntityState.Deleted);
    }

    private static void Ask(this ServiceDb db, DueRow row, EntityState state)
    {
        // The last word before a save counts.
        if (db.Set<DueRow>().Local.FindEntry(row.Id) is { } before) before.State = EntityState.Detached;
        db.Entry(row).State = state;
        db.AsksForDueWork = true;
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>Work that is to be done from a time on, saved with the change that made it; it goes when the work is done, in one transaction with it.</summary>
internal sealed class DueRow
{
    public const int LongestSubject = 200;

    /// <summary>Derived from kind and subject: there is never a second row for the same work.</summary>
    public Guid Id { get; init; }

    /// <summary>A <see cref="DueKind"/>'s name.</summary>
    public string Kind { get; init; } = "";

    /// <summary>An opaque key of what it is about, nothing about people; empty for work that there is once.</summary>
    public string Subject { get; init; } = "";
    public DateTime DueAt { get; init; }

    /// <summary>Whether the time is one of the <see cref="BusinessClock"/>, which a demonstration moves; else it is the system's.</summary>
    public bool BusinessTime { get; init; }

    /// <summary>When it is tried next after a failure, always by the system's clock.</summary>
    public DateTime NotBefore { get; init; }
    public Guid? LeaseOwner { get; init; }
    public DateTime? LeaseUntil { get; init; }

    /// <summary>How often it was begun since it became due.</summary>
    public int Attempts { get; init; }

    /// <summary>The kind of the mistake that ended the last try. Not its sentence, which could name somebody.</summary>
    public string? Problem { get; init; }

    public static Guid IdOf(string kind, string subject) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{subject}")).AsSpan(0, 16));
}

public static class DueRows
{
    /// <summary>The table behind <see cref="DueWork.Due"/>.</summary>
    public static void KeepDueWork(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<DueRow>(row =>
        {
            row.ToTable("Due").HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.DueAt);
        });
    }

    /// <summary>Saves what <see cref="DueWork.Due"/> and <see cref="DueWork.NotDue"/> asked for together with everything else, or none of it.</summary>
    /// <remarks>Not as EF Core would: of two who ask for the same work at once neither fails.</remarks>
    internal static async Task<int> Save(ServiceDb db, Func<Task<int>> save, CancellationToken stop)
    {
        var asked = db.ChangeTracker.Entries<DueRow>().Where(e => e.State is EntityState.Added or EntityState.Deleted).Select(e => (e.Entity, e.State)).ToList();
        await using var together = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(stop) : null;
        try
        {
            foreach (var (row, state) in asked)
            {
                db.Entry(row).State = EntityState.Detached;
                if (state == EntityState.Added) await Place(db, row, stop);
                else await db.Set<DueRow>().Where(r => r.Id == row.Id).ExecuteDeleteAsync(stop);
            }
            var saved = await save();
            if (together is not null) await together.CommitAsync(stop);
            return saved;
        }
        catch
        {
            // As with any other entity: asked for until it is saved or forgotten.
            foreach (var (row, state) in asked) db.Entry(row).State = state;
            throw;
        }
    }

    /// <summary>Work that is under way loses its lease here, and with it what it was about to save: the newer wish counts.</summary>
    private static Task<int> Place(ServiceDb db, DueRow row, CancellationToken stop) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO "Due" ("Id", "Kind", "Subject", "DueAt", "BusinessTime", "NotBefore", "Attempts")
        VALUES ({row.Id}, {row.Kind}, {row.Subject}, {row.DueAt}, {row.BusinessTime}, {row.NotBefore}, 0)
        ON CONFLICT ("Id") DO UPDATE SET "DueAt" = excluded."DueAt", "BusinessTime" = excluded."BusinessTime", "NotBefore" = excluded."NotBefore",
            "LeaseOwner" = NULL, "LeaseUntil" = NULL, "Attempts" = 0, "Problem" = NULL
        """, stop);

    /// <summary>Work that there is always: its row is made once, whichever replica comes first.</summary>
    internal static Task<int> PlaceIfMissing(ServiceDb db, DueRow row, CancellationToken stop) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO "Due" ("Id", "Kind", "Subject", "DueAt", "BusinessTime", "NotBefore", "Attempts")
        VALUES ({row.Id}, {row.Kind}, {row.Subject}, {row.DueAt}, {row.BusinessTime}, {row.NotBefore}, 0)
        ON CONFLICT ("Id") DO NOTHING
        """, stop);
}

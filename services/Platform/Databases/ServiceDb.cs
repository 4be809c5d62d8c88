using System.Data;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Recruitment.Platform;

/// <summary>A service's own database: its tables, its outbox, its inbox, and what it remembers of others' states.</summary>
/// <remarks>The one base class of the code, forced by EF Core: a model is a class, and every service's has these tables.</remarks>
public abstract class ServiceDb(DbContextOptions options) : DbContext(options)
{
    internal DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    internal DbSet<InboxMessage> Inbox => Set<InboxMessage>();
    internal DbSet<HeardState> Heard => Set<HeardState>();
    internal DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();
    internal DbSet<Republishing> Republishings => Set<Republishing>();
    internal DbSet<DatabaseIdentity> Identities => Set<DatabaseIdentity>();

    /// <summary>Raised by every restore, so that states published afterwards count as newer.</summary>
    public int Epoch => this.GetService<DatabaseIdentities>().EpochOf(this);

    /// <summary>The restore by which this database came back last; null when it never did.</summary>
    public Task<string?> RestoredBy(CancellationToken stop) => Identities.Select(i => i.Restored).SingleOrDefaultAsync(stop);

    /// <summary>What is published from here is one of very many, such as the rows of a list: it lets pass whatever a person just did.</summary>
    public bool InBulk { get; set; }

    /// <summary>What is saved from here on is committed together with the answer that is given (<see cref="Idempotency"/>), not before.</summary>
    internal bool CommitsWithItsAnswer { get; set; }

    /// <summary>Within the open transaction something was saved that the relay may have to send.</summary>
    internal bool WakesAtCommit { get; set; }

    /// <summary>Since the last save <see cref="DueWork"/> was asked for, or called off.</summary>
    internal bool AsksForDueWork { get; set; }

    /// <summary>What is saved now are pieces of something that may yet be refused: its audit entry comes with the last.</summary>
    public bool SavesPieces { get; set; }

    /// <summary>Whether its model has an audit trail (<see cref="KeepAuditTrail"/>).</summary>
    internal bool KeepsAuditTrail => Model.FindEntityType(typeof(AuditEntry)) is not null;

    /// <summary>What chains of this database begin with: the same on both kinds of database.</summary>
    internal string AuditName => GetType().BaseType!.Name;

    /// <summary>Its audit entries keep the day alone, and no id: where a time or an id could tell something of a worker.</summary>
    protected virtual bool AuditsByDay => false;

    private bool IsToldWhoseRows => this.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.Interceptors?.Any(i => i is OwnRowsOnly) ?? false;

    /// <summary>While tables are made or changed.</summary>
    internal bool MakesTables { get; set; }

    /// <summary>For query filters: this unit of work serves no single organisation and sees everything.</summary>
    protected bool SeesEverything => RowsOf.Now(this.GetService<IHttpContextAccessor>()).Everything;

    /// <summary>For query filters: the organisation whose request this is. No organisation has the empty id.</summary>
    protected Guid Me => RowsOf.Now(this.GetService<IHttpContextAccessor>()).Party ?? Guid.Empty;

    /// <summary>For query filters: that organisation runs the installation.</summary>
    protected bool IsOperator => RowsOf.Now(this.GetService<IHttpContextAccessor>()) is { Party: not null, Operator: true };

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // For one statement too: whose rows it is about is said when a transaction begins.
        if (IsToldWhoseRows) Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
        // Begun as late as can be: nobody else waits for the write lock while a slice asks another service.
        if (CommitsWithItsAnswer && Database.CurrentTransaction is null) await Database.BeginTransactionAsync(cancellationToken);
        var audited = AuditedRequest.AddTo(this);
        var saved = AsksForDueWork
            ? await DueRows.Save(this, () => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken)
            : await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        AsksForDueWork = false;
        audited?.Saved(Database.CurrentTransaction?.TransactionId);
        return saved;
    }

    internal AuditEntry NewAuditEntry(string what, string who, Guid? party, string? session, IEnumerable<string> about, string outcome)
    {
        var now = this.GetService<TimeProvider>().GetUtcNow().UtcDateTime;
        return new()
        {
            Id = AuditsByDay ? RandomId.New() : Guid.CreateVersion7(),
            At = AuditsByDay ? now.Date : new(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc),
            Epoch = Epoch,
            Who = Short(who),
            Party = party ?? Guid.Empty,
            Session = session is null ? null : Short(session),
            What = what,
            About = AuditsByDay ? "" : string.Join(' ', about),
            Outcome = Short(outcome),
        };

        static string Short(string word) => word.Length > AuditEntry.LongestWord ? word[..AuditEntry.LongestWord] : word;
    }

    /// <summary>Until it is disposed, everything this context reads is as of one moment: what changes between two questions cannot make an answer that was never true.</summary>
    public Task<IDbContextTransaction> AsOfOneMoment(CancellationToken stop) =>
        // On SQLite any other level would take the one write lock; a deferred transaction on its write-ahead log is a snapshot.
        Database.BeginTransactionAsync(Database.IsSqlite() ? IsolationLevel.ReadUncommitted : IsolationLevel.RepeatableRead, stop);

    /// <summary>One commit from here on, for a slice that looks while it holds something. Null when the commit is the answer's (<see cref="Idempotency"/>) and not the slice's to make.</summary>
    public async Task<IDbContextTransaction?> BeginTogether(CancellationToken stop)
    {
        var begun = await Database.BeginTransactionAsync(stop);
        return CommitsWithItsAnswer ? null : begun;
    }

    /// <summary>Saves an event with the next SaveChanges; the relay delivers it at least once.</summary>
    public void Publish(object happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        Outbox.Add(OutboxMessage.Of(happened, InBulk, this.GetService<TimeProvider>().GetUtcNow().UtcDateTime));
    }

    /// <summary>The tables behind <see cref="AuditTrail"/>. Each organisation reads its own entries; what serves none reads all.</summary>
    protected void KeepAuditTrail(ModelBuilder model)
    {
        model.KeepAuditTables();
        model.Entity<AuditEntry>().HasQueryFilter(e => SeesEverything || e.Party == Me);
        model.Entity<AuditHead>().HasQueryFilter(h => SeesEverything || h.Party == Me);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        // SQLite forgets that a time was UTC; PostgreSQL refuses one that is not.
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcTime>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable("Outbox").HasKey(m => m.Id);
            outbox.Property(m => m.Id).ValueGeneratedNever();
            outbox.HasIndex(m => new { m.Bulk, m.NotBefore });
        });
        modelBuilder.Entity<InboxMessage>().ToTable("Inbox").HasKey(m => new { m.MessageId, m.Consumer });
        modelBuilder.Entity<HeardState>().ToTable("Heard").HasKey(h => new { h.Consumer, h.SubjectId });
        modelBuilder.Entity<DeadLetter>(letter =>
        {
            letter.ToTable("DeadLetters").HasKey(m => m.Id);
            letter.Property(m => m.Id).ValueGeneratedNever();
            letter.HasIndex(m => new { m.ClosedAt, m.Id });
        });
        modelBuilder.Entity<Republishing>(republishing =>
        {
            republishing.ToTable("Republishing").HasKey(r => r.Id);
            republishing.Property(r => r.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<DatabaseIdentity>(identity =>
        {
            identity.ToTable("DatabaseIdentity").HasKey(i => i.Id);
            identity.Property(i => i.Id).ValueGeneratedNever();
        });
    }

    private sealed class UtcTime() : ValueConverter<DateTime, DateTime>(
        written => written.Kind == DateTimeKind.Utc ? written : DateTime.SpecifyKind(written.ToUniversalTime(), DateTimeKind.Utc),
        read => DateTime.SpecifyKind(read, DateTimeKind.Utc));
}

/// <summary>An event that waits to be delivered.</summary>
internal sealed class OutboxMessage
{
    public Guid Id { get; init; }
    public string Type { get; init; } = "";
    public string Body { get; init; } = "";
    public DateTime CreatedAt { get; init; }

    /// <summary>Waits behind whatever is not.</summary>
    public bool Bulk { get; init; }
    public DateTime NotBefore { get; set; }
    public Guid? LeaseOwner { get; set; }
    public DateTime? LeaseUntil { get; set; }
    public int Attempts { get; set; }

    /// <summary>Given to the in-memory bus at least once; only such a row may be cleared.</summary>
    public bool Sent { get; set; }

    public static OutboxMessage Of(object happened, bool bulk, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(),
        Type = happened.GetType().FullName!,
        Body = JsonSerializer.Serialize(happened, happened.GetType()),
        CreatedAt = now,
        Bulk = bulk,
        NotBefore = now,
    };
}

/// <summary>A message that a consumer has handled; a second delivery finds it and stops.</summary>
internal sealed class InboxMessage
{
    public Guid MessageId { get; init; }
    public string Consumer { get; init; } = "";
    public DateTime HandledAt { get; init; }
}

/// <summary>The newest state of a subject that a consumer has applied.</summary>
internal sealed class HeardState
{
    public string Consumer { get; init; } = "";
    public Guid SubjectId { get; init; }
    public int Epoch { get; set; }
    public long Sequence { get; set; }
}

/// <summary>What this database is: its mode, written once, and its epoch.</summary>
internal sealed class DatabaseIdentity
{
    public int Id { get; init; } = 1;
    public string Mode { get; init; } = "";
    public int Epoch { get; set; } = 1;

    /// <summary>The restore that this database was last brought back by.</summary>
    public string? Restored { get; set; }
}

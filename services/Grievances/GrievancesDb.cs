using Recruitment.Grievances.Cases;
using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Readers;
using Recruitment.Grievances.Signals;

namespace Recruitment.Grievances;

/// <summary>Sealed cases and the few things in clear about them: docs/what-is-in-clear.md, held equal by a test.</summary>
internal abstract class GrievancesDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Grievance> Grievances => Set<Grievance>();
    public DbSet<CaseKey> CaseKeys => Set<CaseKey>();
    public DbSet<AccusedHash> Accused => Set<AccusedHash>();
    public DbSet<SealedMessage> Messages => Set<SealedMessage>();
    public DbSet<Reader> Readers => Set<Reader>();
    public DbSet<DueErasure> DueErasures => Set<DueErasure>();
    public DbSet<DueUncount> DueUncounts => Set<DueUncount>();
    public DbSet<Mark> Marks => Set<Mark>();
    public DbSet<DeletedForm> DeletedForms => Set<DeletedForm>();
    public DbSet<Contribution> Contributions => Set<Contribution>();
    public DbSet<DueRelease> DueReleases => Set<DueRelease>();
    public DbSet<Release> Releases => Set<Release>();

    /// <summary>Of whoever works on a case a time would tell when a worker wrote.</summary>
    protected override bool AuditsByDay => true;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        KeepAuditTrail(modelBuilder);
        modelBuilder.KeepDueWork();
        modelBuilder.KeepMails();
        modelBuilder.Entity<Grievance>(grievance =>
        {
            grievance.HasKey(g => g.Id);
            grievance.Property(g => g.Id).ValueGeneratedNever();
            grievance.Property(g => g.Version).IsConcurrencyToken();
            grievance.HasIndex(g => g.LookupId).IsUnique();
            // Counted at every filing.
            grievance.HasIndex(g => new { g.FiledOn, g.Parked });
            grievance.HasMany(g => g.Keys).WithOne().HasForeignKey(k => k.GrievanceId);
            grievance.HasMany(g => g.Accused).WithOne().HasForeignKey(a => a.GrievanceId);
            // Always with the case: without them every reader would seem to be free of conflict.
            grievance.Navigation(g => g.Accused).AutoInclude();
            grievance.HasMany(g => g.Messages).WithOne().HasForeignKey(m => m.GrievanceId);
        });
        modelBuilder.Entity<CaseKey>(key =>
        {
            key.HasKey(k => k.Id);
            key.Property(k => k.Id).ValueGeneratedNever();
            key.HasIndex(k => new { k.GrievanceId, k.ReaderId, k.Generation }).IsUnique();
            // A reader's list.
            key.HasIndex(k => new { k.ReaderId, k.GrievanceId });
        });
        modelBuilder.Entity<AccusedHash>(accused =>
        {
            accused.ToTable("AccusedHashes").HasKey(a => new { a.GrievanceId, a.Hash });
            // Asked for at every purchase of an organisation.
            accused.HasIndex(a => a.Hash);
        });
        modelBuilder.Entity<SealedMessage>(message =>
        {
            message.HasKey(m => m.Id);
            message.Property(m => m.Id).ValueGeneratedNever();
            message.HasIndex(m => new { m.GrievanceId, m.Position }).IsUnique();
        });
        modelBuilder.Entity<Reader>(reader =>
        {
            reader.HasKey(r => r.Id);
            reader.Property(r => r.Id).ValueGeneratedNever();
            reader.HasIndex(r => r.Subject).IsUnique();
        });
        modelBuilder.Entity<DueErasure>(due =>
        {
            due.HasKey(d => d.ErasureKeyId);
            due.Property(d => d.ErasureKeyId).ValueGeneratedNever();
        });
        modelBuilder.Entity<DueUncount>().HasKey(d => d.TokenHash);
        modelBuilder.KeepMarks();
        modelBuilder.Entity<DeletedForm>().HasKey(d => d.LookupId);
        modelBuilder.Entity<Contribution>(contribution =>
        {
            contribution.HasKey(c => c.Id);
            contribution.Property(c => c.Id).ValueGeneratedNever();
            contribution.HasIndex(c => c.TokenHash).IsUnique();
        });
        modelBuilder.Entity<DueRelease>(due =>
        {
            due.HasKey(d => d.Period);
            due.Property(d => d.DoneOn).IsConcurrencyToken();
            // The release before this one reads and writes them, and runs beside it during an upgrade.
            due.Property<Guid?>("LeaseOwner");
            due.Property<DateTime?>("LeaseUntil");
        });
        modelBuilder.Entity<Release>(release =>
        {
            release.HasKey(r => r.Id);
            release.Property(r => r.Id).ValueGeneratedNever();
        });
    }
}

internal sealed class PostgresGrievancesDb(DbContextOptions<PostgresGrievancesDb> options) : GrievancesDb(options);

internal sealed class SqliteGrievancesDb(DbContextOptions<SqliteGrievancesDb> options) : GrievancesDb(options);

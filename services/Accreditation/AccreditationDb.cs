using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Audits;
using Recruitment.Accreditation.Deadlines;
using Recruitment.Accreditation.Evidence;
using Recruitment.Accreditation.Parties;
using Recruitment.Platform;

namespace Recruitment.Accreditation;

internal abstract class AccreditationDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Application> Applications => Set<Application>();
    public DbSet<EvidenceFile> Evidence => Set<EvidenceFile>();
    public DbSet<EvidenceChunk> EvidenceChunks => Set<EvidenceChunk>();
    public DbSet<Reminder> Reminders => Set<Reminder>();
    public DbSet<KnownParty> Parties => Set<KnownParty>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        KeepAuditTrail(modelBuilder);
        modelBuilder.KeepDueWork();
        modelBuilder.KeepAnswers();
        modelBuilder.KeepWebhooks();
        modelBuilder.KeepMarks();
        modelBuilder.Entity<Application>(application =>
        {
            application.ToTable("Applications").HasKey(a => a.Id);
            application.Property(a => a.Id).ValueGeneratedNever();
            application.Property(a => a.State).HasConversion<string>();
            application.Property(a => a.Version).IsConcurrencyToken();
            application.Property(a => a.JobseekerPlan).HasConversion(
                plan => JsonSerializer.Serialize(plan, JsonSerializerOptions.Web), text => JsonSerializer.Deserialize<JobseekerPlan>(text, JsonSerializerOptions.Web));
            application.HasIndex(a => a.AuditId).IsUnique();
            application.HasIndex(a => a.RecruiterPartyId);
            application.HasIndex(a => a.RecruiterPartyId, "IX_Applications_OneUnderWay").IsUnique()
                .HasFilter($"\"State\" NOT IN ({string.Join(", ", States.Settled.Select(s => $"'{s}'"))})");
            application.HasIndex(a => a.AuditBodyPartyId);
            application.HasMany(a => a.Answers).WithOne().HasForeignKey(a => a.ApplicationId);
            application.HasMany(a => a.History).WithOne().HasForeignKey(t => t.ApplicationId);
            application.HasMany(a => a.Findings).WithOne().HasForeignKey(f => f.ApplicationId);
            application.HasMany(a => a.DroppedAudits).WithOne().HasForeignKey(d => d.ApplicationId);
            application.HasMany(a => a.StatusBodies).WithOne().HasForeignKey(b => b.ApplicationId);
            application.HasMany<Reminder>().WithOne().HasForeignKey(r => r.ApplicationId);
            application.HasMany(a => a.Declarations).WithOne().HasForeignKey(d => d.ApplicationId);
        });
        modelBuilder.Entity<Answer>().ToTable("Answers").HasKey(a => new { a.ApplicationId, a.Indicator });
        modelBuilder.Entity<Finding>().ToTable("Findings").HasKey(f => new { f.ApplicationId, f.Criterion });
        modelBuilder.Entity<ConflictDeclaration>().ToTable("ConflictDeclarations").HasKey(d => new { d.ApplicationId, d.AuditorSubject });
        modelBuilder.Entity<DroppedAudit>().ToTable("DroppedAudits").HasKey(d => new { d.ApplicationId, d.AuditId });
        modelBuilder.Entity<StatusBody>().ToTable("StatusBodies").HasKey(b => new { b.ApplicationId, b.Number });
        modelBuilder.Entity<Reminder>().ToTable("Reminders").HasKey(r => new { r.ApplicationId, r.Deadline, r.Day });
        modelBuilder.Entity<Transition>(transition =>
        {
            transition.ToTable("Transitions").HasKey(t => new { t.ApplicationId, t.Number });
            transition.Property(t => t.From).HasConversion<string>();
            transition.Property(t => t.To).HasConversion<string>();
        });
        modelBuilder.Entity<EvidenceFile>(file =>
        {
            file.ToTable("Evidence").HasKey(e => e.Id);
            file.Property(e => e.Id).ValueGeneratedNever();
            file.HasOne<Application>().WithMany().HasForeignKey(e => e.ApplicationId);
        });
        modelBuilder.Entity<EvidenceChunk>(chunk =>
        {
            chunk.ToTable("EvidenceChunks").HasKey(c => new { c.EvidenceId, c.Number });
            chunk.HasOne<EvidenceFile>().WithMany().HasForeignKey(c => c.EvidenceId);
        });
        modelBuilder.Entity<KnownParty>().ToTable("Parties").HasKey(p => p.Id);
        modelBuilder.Entity<KnownParty>().Property(p => p.Id).ValueGeneratedNever();
        modelBuilder.Entity<KnownParty>().HasIndex(p => p.OwnerPartyId);
        ShowEachItsOwn(modelBuilder);
    }

    /// <summary>
    /// Which organisation gets at what, whoever of it asks: persons and roles are the slices' matter (<see cref="Visibility"/>). The same rules stand in the database's
    /// policies (docs/adr/0019); on SQLite these filters alone hold.
    /// </summary>
    private void ShowEachItsOwn(ModelBuilder model)
    {
        // Its history is found through it.
        model.Entity<Application>().HasQueryFilter(a => SeesEverything || a.RecruiterPartyId == Me || (a.StatusBodyPartyId ?? a.AuditBodyPartyId) == Me
            || (IsOperator && a.State != State.Draft));
        // While they are being written the recruiter reads none of them.
        model.Entity<Finding>().HasQueryFilter(f => SeesEverything || Applications.Any(a => a.Id == f.ApplicationId
            && (a.RecruiterPartyId != Me || (a.AuditedOn != null && a.State != State.AuditAssigned))));
        model.Entity<ConflictDeclaration>().HasQueryFilter(d => SeesEverything || Applications.Any(a => a.Id == d.ApplicationId && a.RecruiterPartyId != Me));
        model.Entity<StatusBody>().HasQueryFilter(b => SeesEverything || (IsOperator && Applications.Any(a => a.Id == b.ApplicationId)));
        // Whoever sees the application sees its days.
        model.Entity<Reminder>().HasQueryFilter(r => SeesEverything || Applications.Any(a => a.Id == r.ApplicationId));
        model.Entity<DroppedAudit>().HasQueryFilter(d => SeesEverything);
        // A body that is only asked reads none yet. Whoever runs the scheme sets the day of a rejected application's files, and opens no file.
        model.Entity<EvidenceFile>().HasQueryFilter(e => SeesEverything || Applications.Any(a => a.Id == e.ApplicationId
            && (a.RecruiterPartyId == Me || ((a.StatusBodyPartyId ?? a.AuditBodyPartyId) == Me && a.State != State.Eligible)
                || (IsOperator && (a.State == State.Submitted || a.State == State.Deferred || a.State == State.Rejected)))));
        model.Entity<EvidenceChunk>().HasQueryFilter(c => SeesEverything || (!IsOperator && Evidence.Any(e => e.Id == c.EvidenceId)));
        // What a recruiter answers again is his alone, and a body that is only asked reads no answer.
        model.Entity<Answer>().HasQueryFilter(r => SeesEverything || Applications.Any(a => a.Id == r.ApplicationId
            && (a.RecruiterPartyId == Me || ((a.StatusBodyPartyId ?? a.AuditBodyPartyId) == Me && a.State != State.Eligible) || (IsOperator && a.State != State.Deferred))));
        // Independence is asked after owners of any kind, over any number of steps: a body that has something to judge sees whom anybody belongs to, and a recruiter no more than its body.
        model.Entity<KnownParty>().HasQueryFilter(p => SeesEverything || IsOperator || p.Id == Me
            || Applications.Any(a => (a.StatusBodyPartyId ?? a.AuditBodyPartyId) == Me) || Applications.Any(a => a.RecruiterPartyId == Me && (a.StatusBodyPartyId ?? a.AuditBodyPartyId) == p.Id));
    }
}

internal sealed class PostgresAccreditationDb(DbContextOptions<PostgresAccreditationDb> options) : AccreditationDb(options);

internal sealed class SqliteAccreditationDb(DbContextOptions<SqliteAccreditationDb> options) : AccreditationDb(options);

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Recruitment.Platform;
using Recruitment.Reports.Files;
using Recruitment.Reports.Issuing;

namespace Recruitment.Reports;

internal abstract class ReportsDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Report> Reports => Set<Report>();
    public DbSet<SealedFile> Files => Set<SealedFile>();
    public DbSet<SealedChunk> Chunks => Set<SealedChunk>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        KeepAuditTrail(modelBuilder);
        modelBuilder.Entity<Report>(report =>
        {
            report.ToTable("Reports").HasKey(r => r.Id);
            report.Property(r => r.Id).ValueGeneratedNever();
            report.Property(r => r.Status).HasConversion<string>();
            report.Property(r => r.Version).IsConcurrencyToken();
            report.HasIndex(r => r.Number).IsUnique();
            report.HasIndex(r => r.Sha256).IsUnique();
            report.HasIndex(r => r.SignatureSha256);
            // Whose a file is, its report says.
            report.HasIndex(r => r.FileId);
            report.HasIndex(r => r.IssuerPartyId);
            report.HasIndex(r => r.SubjectPartyId);
            report.HasIndex(r => new { r.IssuerPartyId, r.IdempotencyKey }).IsUnique();
            // One standing report per audit, also when two auditors issue at the same moment.
            report.HasIndex(r => r.AuditId).IsUnique().HasFilter("\"Status\" = 'Issued'");
        });
        modelBuilder.Entity<SealedFile>(file =>
        {
            file.ToTable("Files").HasKey(f => f.Id);
            file.Property(f => f.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<SealedChunk>().ToTable("FileChunks").HasKey(c => new { c.FileId, c.Index });
        modelBuilder.KeepMarks();
        ShowEachItsOwn(modelBuilder);
    }

    /// <summary>
    /// A report belongs to the body that issued it and to the recruiter it is about; besides, whoever holds its file or its number is told of that one. Nobody gets at a file by holding it.
    /// The same rules stand in the database's policies (docs/adr/0019); on SQLite these filters alone hold.
    /// </summary>
    private void ShowEachItsOwn(ModelBuilder model)
    {
        model.Entity<Report>().HasQueryFilter(r => SeesEverything || r.IssuerPartyId == Me || r.SubjectPartyId == Me
            || Held.Contains(r.Sha256) || Held.Contains(r.SignatureSha256) || Held.Contains(r.Number));
        model.Entity<SealedFile>().HasQueryFilter(f => SeesEverything || Reports.Any(r => r.FileId == f.Id && (r.IssuerPartyId == Me || r.SubjectPartyId == Me)));
        model.Entity<SealedChunk>().HasQueryFilter(c => SeesEverything || Reports.Any(r => r.FileId == c.FileId && (r.IssuerPartyId == Me || r.SubjectPartyId == Me)));
    }

    /// <summary>Hashes and numbers of what the asker has in his hand.</summary>
    private IReadOnlyList<string> Held { get; set; } = [];

    /// <summary>From here on, and in PostgreSQL until it is disposed, the reports with these hashes and numbers are shown to whoever holds them, a stranger too, as of one moment.</summary>
    public async Task<IDbContextTransaction> ShowHeld(IEnumerable<string?> held, CancellationToken stop)
    {
        Held = [.. held.OfType<string>()];
        var moment = await AsOfOneMoment(stop);
        if (Database.IsNpgsql()) await Database.ExecuteSqlAsync($"SELECT set_config('app.held', {string.Join(' ', Held)}, true)", stop);
        return moment;
    }
}

internal sealed class PostgresReportsDb(DbContextOptions<PostgresReportsDb> options) : ReportsDb(options);

internal sealed class SqliteReportsDb(DbContextOptions<SqliteReportsDb> options) : ReportsDb(options);

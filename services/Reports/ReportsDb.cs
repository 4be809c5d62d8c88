using Microsoft.EntityFrameworkCore;
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
        modelBuilder.Entity<Report>(report =>
        {
            report.ToTable("Reports").HasKey(r => r.Id);
            report.Property(r => r.Id).ValueGeneratedNever();
            report.Property(r => r.Status).HasConversion<string>();
            report.Property(r => r.Version).IsConcurrencyToken();
            report.HasIndex(r => r.Number).IsUnique();
            report.HasIndex(r => r.Sha256).IsUnique();
            report.HasIndex(r => r.SignatureSha256);
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
    }
}

internal sealed class PostgresReportsDb(DbContextOptions<PostgresReportsDb> options) : ReportsDb(options);

internal sealed class SqliteReportsDb(DbContextOptions<SqliteReportsDb> options) : ReportsDb(options);

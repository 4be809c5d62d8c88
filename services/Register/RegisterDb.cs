using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Register.Listings;

namespace Recruitment.Register;

internal abstract class RegisterDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Listing> Listings => Set<Listing>();
    public DbSet<Recruiter> Recruiters => Set<Recruiter>();
    public DbSet<NameGram> NameGrams => Set<NameGram>();

    /// <summary>As everybody else left it, or new; until the end of this transaction nobody else changes it. Its name comes from two queues: each would write what the other had not said when it looked.</summary>
    public async Task<Recruiter> RecruiterToChange(Guid id, CancellationToken stop)
    {
        await OneAtATime.Wait(this, id.ToString(), stop);
        return await Recruiters.FindAsync([id], stop) ?? Recruiters.Add(new Recruiter { Id = id }).Entity;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        KeepAuditTrail(modelBuilder);
        modelBuilder.KeepDueWork();
        modelBuilder.Entity<Listing>(listing =>
        {
            listing.ToTable("Listings").HasKey(l => l.Id);
            listing.Property(l => l.Id).ValueGeneratedNever();
            listing.HasIndex(l => l.RecruiterId);
            listing.HasMany(l => l.History).WithOne().HasForeignKey(h => h.ListingId);
        });
        modelBuilder.Entity<HistoryLine>().ToTable("History").HasKey(h => new { h.ListingId, h.Number });
        modelBuilder.Entity<Recruiter>(recruiter =>
        {
            recruiter.ToTable("Recruiters").HasKey(r => r.Id);
            recruiter.Property(r => r.Id).ValueGeneratedNever();
            recruiter.HasIndex(r => new { r.IsListed, r.SortName, r.Id });
        });
        modelBuilder.Entity<NameGram>(gram =>
        {
            gram.ToTable("NameGrams").HasKey(g => new { g.Gram, g.RecruiterId });
            gram.HasIndex(g => g.RecruiterId);
        });
    }
}

internal sealed class PostgresRegisterDb(DbContextOptions<PostgresRegisterDb> options) : RegisterDb(options);

internal sealed class SqliteRegisterDb(DbContextOptions<SqliteRegisterDb> options) : RegisterDb(options);

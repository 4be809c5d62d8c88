using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Risk.Editions;
using Recruitment.Risk.Reference;
using Recruitment.Risk.Sites;

namespace Recruitment.Risk;

internal abstract class RiskDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Fact> Facts => Set<Fact>();
    public DbSet<FactEdition> FactEditions => Set<FactEdition>();
    public DbSet<Party> Parties => Set<Party>();
    public DbSet<Site> Sites => Set<Site>();
    public DbSet<SupplyRelation> Relations => Set<SupplyRelation>();
    public DbSet<SiteListing> Listings => Set<SiteListing>();
    public DbSet<RecruiterLink> Links => Set<RecruiterLink>();
    public DbSet<SelfAssessment> SelfAssessments => Set<SelfAssessment>();
    public DbSet<Accreditation> Accreditations => Set<Accreditation>();
    public DbSet<Audit> Audits => Set<Audit>();
    public DbSet<Signal> Signals => Set<Signal>();
    public DbSet<ScoreEdition> Editions => Set<ScoreEdition>();
    public DbSet<StoredScore> Scores => Set<StoredScore>();
    public DbSet<StoredTopic> Topics => Set<StoredTopic>();
    public DbSet<ScoreChange> Changes => Set<ScoreChange>();

    /// <summary>Waits until nobody else is making these scores, until the end of this transaction.</summary>
    public async Task TakeTurns(IEnumerable<Guid> ids, CancellationToken stop)
    {
        // Always in the same order, so that two consumers never wait for each other.
        foreach (var id in ids.Distinct().Order())
        {
            await Database.ExecuteSqlAsync(
                $"""INSERT INTO "Turns" ("Id", "Taken") VALUES ({id}, 1) ON CONFLICT ("Id") DO UPDATE SET "Taken" = "Turns"."Taken" + 1""", stop);
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.KeepDueWork();
        modelBuilder.Entity<Fact>().ToTable("Facts").HasKey(f => f.Id);
        modelBuilder.Entity<Fact>().HasIndex(f => new { f.Code, f.Iso3, f.Subject });
        modelBuilder.Entity<FactEdition>().ToTable("FactEditions").HasKey(e => e.Sha256);
        Keyed<Party>(modelBuilder, "Parties");
        Keyed<Site>(modelBuilder, "Sites").HasIndex(s => s.PartyId);
        var relation = Keyed<SupplyRelation>(modelBuilder, "SupplyRelations");
        // A list has as many relations as rows: found by both, or every row of a view would read them all.
        relation.HasIndex(r => new { r.BrandPartyId, r.SupplierPartyId });
        var listing = Keyed<SiteListing>(modelBuilder, "SiteListings");
        listing.HasIndex(l => new { l.BrandPartyId, l.SiteId });
        listing.HasIndex(l => new { l.BrandPartyId, l.SupplierPartyId });
        var link = Keyed<RecruiterLink>(modelBuilder, "RecruiterLinks");
        link.HasIndex(l => l.SiteId);
        link.HasIndex(l => l.RecruiterPartyId);
        modelBuilder.Entity<SelfAssessment>().ToTable("SelfAssessments").HasKey(a => a.SiteId);
        modelBuilder.Entity<SelfAssessment>().Property(a => a.SiteId).ValueGeneratedNever();
        Keyed<Accreditation>(modelBuilder, "Accreditations").HasIndex(a => a.RecruiterPartyId);
        Keyed<Audit>(modelBuilder, "Audits").HasIndex(a => a.RecruiterPartyId);
        modelBuilder.Entity<Signal>(signal =>
        {
            signal.ToTable("Signals").HasKey(s => new { s.ReleaseId, s.SubjectKind, s.SubjectId, s.TopicGroup, s.Period });
            signal.HasIndex(s => s.SubjectId);
        });
        Keyed<Turn>(modelBuilder, "Turns");
        modelBuilder.Entity<ScoreEdition>().ToTable("Editions").HasKey(e => e.Number);
        modelBuilder.Entity<ScoreEdition>().Property(e => e.Number).ValueGeneratedNever();
        modelBuilder.Entity<StoredScore>(score =>
        {
            score.ToTable("Scores").HasKey(s => s.SiteId);
            score.Property(s => s.SiteId).ValueGeneratedNever();
            score.HasIndex(s => s.Edition);
        });
        modelBuilder.Entity<StoredTopic>().ToTable("TopicScores").HasKey(t => new { t.SiteId, t.Topic });
        modelBuilder.Entity<ScoreChange>().ToTable("ScoreChanges").HasKey(c => new { c.SiteId, c.Topic, c.Day, c.Cause });
    }

    private static Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<T> Keyed<T>(ModelBuilder model, string table)
        where T : class
    {
        var entity = model.Entity<T>();
        entity.ToTable(table).HasKey("Id");
        entity.Property<Guid>("Id").ValueGeneratedNever();
        return entity;
    }
}

internal sealed class PostgresRiskDb(DbContextOptions<PostgresRiskDb> options) : RiskDb(options);

internal sealed class SqliteRiskDb(DbContextOptions<SqliteRiskDb> options) : RiskDb(options);

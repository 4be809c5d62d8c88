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
    public DbSet<Owner> Owners => Set<Owner>();
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
        KeepAuditTrail(modelBuilder);
        modelBuilder.KeepDueWork();
        modelBuilder.Entity<Fact>().ToTable("Facts").HasKey(f => f.Id);
        modelBuilder.Entity<Fact>().HasIndex(f => new { f.Code, f.Iso3, f.Subject });
        modelBuilder.Entity<FactEdition>().ToTable("FactEditions").HasKey(e => e.Sha256);
        Keyed<Party>(modelBuilder, "Parties");
        Keyed<Owner>(modelBuilder, "Owners");
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
        ShowEachItsOwn(modelBuilder);
    }

    /// <summary>
    /// The relations are the grants: what its supplier says of a site, and what is scored from it, is there for that supplier and for the brands that an open relation shares it with.
    /// The same rules stand in PostgreSQL's policies (docs/adr/0019), and there also that of worker voice which follows owners upwards; on SQLite these filters alone hold.
    /// </summary>
    private void ShowEachItsOwn(ModelBuilder model)
    {
        model.Entity<SupplyRelation>().HasQueryFilter(r => SeesEverything || r.BrandPartyId == Me);
        model.Entity<SiteListing>().HasQueryFilter(l => SeesEverything || l.BrandPartyId == Me);
        // What asks another table is asked once: within policies that ask further, the same question again would take the server longer to plan than to answer.
        if (Database.IsNpgsql()) return;

        model.Entity<Site>().HasQueryFilter(s => SeesEverything || s.PartyId == Me || Relations.Any(r => r.BrandPartyId == Me && r.SupplierPartyId == s.PartyId && r.IsOpen && r.SharedOn != null));
        model.Entity<Party>().HasQueryFilter(p => SeesEverything || p.Id == Me
            || Relations.Any(r => r.BrandPartyId == Me && r.SupplierPartyId == p.Id && r.IsOpen) || Links.Any(l => l.RecruiterPartyId == p.Id));

        // What is said of a site or scored from it, for whoever is told of the site; a recruiter's findings for whoever is told of a site that uses it.
        model.Entity<SelfAssessment>().HasQueryFilter(a => SeesEverything || Sites.Any(s => s.Id == a.SiteId));
        model.Entity<RecruiterLink>().HasQueryFilter(l => SeesEverything || Sites.Any(s => s.Id == l.SiteId));
        model.Entity<StoredTopic>().HasQueryFilter(t => SeesEverything || Sites.Any(s => s.Id == t.SiteId));
        model.Entity<Audit>().HasQueryFilter(a => SeesEverything || Links.Any(l => l.RecruiterPartyId == a.RecruiterPartyId));
        // What changed before the supplier shared was never said to this reader.
        model.Entity<ScoreChange>().HasQueryFilter(c => SeesEverything || Sites.Any(s => s.Id == c.SiteId
            && (s.PartyId == Me || Relations.Any(r => r.BrandPartyId == Me && r.SupplierPartyId == s.PartyId && r.IsOpen && r.SharedOn <= c.Day))));

        // For brands alone, never for the accused itself.
        model.Entity<Signal>().HasQueryFilter(v => SeesEverything
            || (v.SubjectKind == "site" && (Sites.Any(s => s.Id == v.SubjectId && s.PartyId != Me)
                || Listings.Any(l => l.BrandPartyId == Me && l.SiteId == v.SubjectId && l.SupplierPartyId != Me
                    && Relations.Any(r => r.BrandPartyId == Me && r.SupplierPartyId == l.SupplierPartyId && r.IsOpen))))
            || (v.SubjectKind == "recruiter" && v.SubjectId != Me && Links.Any(l => l.RecruiterPartyId == v.SubjectId && Sites.Any(s => s.Id == l.SiteId && s.PartyId != Me))));

        // No request reads these: the edition in force is in memory, and its peers are shown only beside a site that is told.
        model.Entity<ScoreEdition>().HasQueryFilter(e => SeesEverything);
        model.Entity<StoredScore>().HasQueryFilter(s => SeesEverything);
        model.Entity<Turn>().HasQueryFilter(t => SeesEverything);
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

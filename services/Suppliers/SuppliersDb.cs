using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Suppliers.Chains;
using Recruitment.Suppliers.Imports;
using Recruitment.Suppliers.Invitations;
using Recruitment.Suppliers.Parties;
using Recruitment.Suppliers.Practice;
using Recruitment.Suppliers.Sites;

namespace Recruitment.Suppliers;

/// <summary>Parties, sites, who buys from whom, and the lists that brands hand in.</summary>
internal abstract class SuppliersDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Party> Parties => Set<Party>();
    public DbSet<NameTurn> NameTurns => Set<NameTurn>();
    public DbSet<SupplyRelation> Relations => Set<SupplyRelation>();
    public DbSet<Site> Sites => Set<Site>();
    public DbSet<SiteAlias> Aliases => Set<SiteAlias>();
    public DbSet<SiteListing> Listings => Set<SiteListing>();
    public DbSet<FormerName> FormerNames => Set<FormerName>();
    public DbSet<NameGram> Grams => Set<NameGram>();
    public DbSet<WorkforceCount> Workforce => Set<WorkforceCount>();
    public DbSet<SelfAssessment> SelfAssessments => Set<SelfAssessment>();
    public DbSet<RecruiterLink> Links => Set<RecruiterLink>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<SupplierImport> Imports => Set<SupplierImport>();
    public DbSet<ImportChunk> Chunks => Set<ImportChunk>();
    public DbSet<ImportRow> ImportRows => Set<ImportRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<PartyId>().HaveConversion<PartyId.Stored>();
        configurationBuilder.Properties<SiteId>().HaveConversion<SiteId.Stored>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        KeepAuditTrail(modelBuilder);
        modelBuilder.Entity<Party>(party =>
        {
            party.Property(p => p.Id).ValueGeneratedNever();
            party.Property(p => p.Version).IsConcurrencyToken();
            party.HasIndex(p => p.Key);
            party.HasIndex(p => p.OwnerId);
        });
        modelBuilder.Entity<NameTurn>().HasKey(t => t.Key);
        modelBuilder.Entity<NameTurn>().Property(t => t.Key).ValueGeneratedNever();
        modelBuilder.Entity<SupplyRelation>(relation =>
        {
            relation.Property(r => r.Id).ValueGeneratedNever();
            relation.Property(r => r.Version).IsConcurrencyToken();
            relation.HasIndex(r => new { r.BrandId, r.SupplierId }).IsUnique();
            relation.HasIndex(r => r.SupplierId);
            relation.HasIndex(r => new { r.BrandId, r.Name });
        });
        modelBuilder.Entity<Site>(site =>
        {
            site.Property(s => s.Id).ValueGeneratedNever();
            site.Property(s => s.Version).IsConcurrencyToken();
            site.HasIndex(s => s.PartyId);
            // Asked for beforehand as well, but only this holds for two requests at the same moment.
            site.HasIndex(s => new { s.PartyId, s.EnteredKey }).IsUnique();
            site.Ignore(s => s.Key);
        });
        modelBuilder.Entity<SiteAlias>().HasKey(a => a.Key);
        modelBuilder.Entity<SiteAlias>().Property(a => a.Key).ValueGeneratedNever();
        modelBuilder.Entity<SiteListing>().HasKey(l => new { l.BrandId, l.SiteId });
        modelBuilder.Entity<SiteListing>().Property(l => l.Version).IsConcurrencyToken();
        modelBuilder.Entity<SiteListing>().HasIndex(l => l.SiteId);
        modelBuilder.Entity<SiteListing>().HasIndex(l => new { l.BrandId, l.SupplierId });
        modelBuilder.Entity<FormerName>().Property(f => f.Id).ValueGeneratedNever();
        modelBuilder.Entity<FormerName>().HasIndex(f => f.SiteId);
        modelBuilder.Entity<NameGram>().HasKey(g => new { g.Gram, g.Kind, g.Subject });
        modelBuilder.Entity<NameGram>().HasIndex(g => g.Subject);
        modelBuilder.Entity<WorkforceCount>().HasKey(w => new { w.SiteId, w.Nationality, w.Sex });
        modelBuilder.Entity<SelfAssessment>(assessment =>
        {
            assessment.HasKey(a => a.SiteId);
            assessment.Property(a => a.SiteId).ValueGeneratedNever();
            assessment.Property(a => a.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<RecruiterLink>(link =>
        {
            link.Property(l => l.Id).ValueGeneratedNever();
            link.Property(l => l.Version).IsConcurrencyToken();
            link.HasIndex(l => l.SupplierId);
            link.HasIndex(l => l.RecruiterId);
            // One open link for a site, a recruiter and a corridor, whoever declares it at the same moment.
            link.HasIndex(l => new { l.SiteId, l.RecruiterId, l.OriginCountry }).IsUnique().HasFilter("\"To\" IS NULL");
        });
        modelBuilder.Entity<Invitation>(invitation =>
        {
            invitation.Property(i => i.Id).ValueGeneratedNever();
            invitation.Property(i => i.Version).IsConcurrencyToken();
            invitation.HasIndex(i => i.TokenHash).IsUnique();
            invitation.HasIndex(i => i.PartyId);
        });
        modelBuilder.Entity<SupplierImport>(import =>
        {
            import.Property(i => i.Id).ValueGeneratedNever();
            import.Property(i => i.Version).IsConcurrencyToken();
            import.HasIndex(i => i.Status);
            import.HasIndex(i => i.BrandId);
        });
        modelBuilder.Entity<ImportChunk>().HasKey(c => new { c.ImportId, c.Index });
        modelBuilder.Entity<ImportRow>().HasKey(r => new { r.ImportId, r.Number });
        modelBuilder.Entity<ImportRow>().HasIndex(r => new { r.SiteId, r.ImportId });
        modelBuilder.KeepAnswers();
        modelBuilder.KeepDueWork();
        modelBuilder.KeepWebhooks();
        modelBuilder.KeepMarks();
        ShowEachItsOwn(modelBuilder);
    }

    /// <summary>
    /// The relations are the grants: who shares what with whom, and until when. The same rules stand in the database's policies (docs/adr/0019);
    /// on SQLite these filters alone hold.
    /// </summary>
    private void ShowEachItsOwn(ModelBuilder model)
    {
        // A supplier learns of a brand when the brand asks it.
        model.Entity<SupplyRelation>().HasQueryFilter(Own, r => SeesEverything || r.BrandId == Mine || (r.SupplierId == Mine && r.AskedAt != null));
        model.Entity<Party>().HasQueryFilter(Own, p => SeesEverything || p.Id == Mine || (p.Kind == PartyKinds.Recruiter && Me != Guid.Empty)
            || Relations.Any(r => (r.BrandId == Mine && r.SupplierId == p.Id) || (r.SupplierId == Mine && r.BrandId == p.Id)));
        model.Entity<SiteListing>().HasQueryFilter(Own, l => SeesEverything || l.BrandId == Mine);
        // Only a list that is read looks past this: what it names again goes on from the version that was withdrawn.
        model.Entity<SiteListing>().HasQueryFilter(Current, l => l.WithdrawnAt == null);
        model.Entity<Site>().HasQueryFilter(Own, s => SeesEverything || s.PartyId == Mine
            || Listings.Any(l => l.SiteId == s.Id && l.BrandId == Mine) || Relations.Any(r => r.BrandId == Mine && r.SupplierId == s.PartyId && r.SharedAt != null));
        // Listing a site shows nothing of what its supplier says there; sharing does.
        model.Entity<WorkforceCount>().HasQueryFilter(Own, w => SeesEverything || Sites.Any(s => s.Id == w.SiteId
            && (s.PartyId == Mine || Relations.Any(r => r.BrandId == Mine && r.SupplierId == s.PartyId && r.SharedAt != null))));
        model.Entity<SelfAssessment>().HasQueryFilter(Own, a => SeesEverything || Sites.Any(s => s.Id == a.SiteId
            && (s.PartyId == Mine || Relations.Any(r => r.BrandId == Mine && r.SupplierId == s.PartyId && r.SharedAt != null))));
        model.Entity<RecruiterLink>().HasQueryFilter(Own, l => SeesEverything || l.SupplierId == Mine
            || Relations.Any(r => r.BrandId == Mine && r.SupplierId == l.SupplierId && r.SharedAt != null));
        model.Entity<Invitation>().HasQueryFilter(Own, i => SeesEverything || i.InvitedBy == Mine);
        // Its chunks and rows are found through it.
        model.Entity<SupplierImport>().HasQueryFilter(Own, i => SeesEverything || i.BrandId == Mine);
    }

    internal const string Own = "own rows";
    internal const string Current = "not withdrawn";

    private PartyId Mine => new(Me);
}

internal sealed class PostgresSuppliersDb(DbContextOptions<PostgresSuppliersDb> options) : SuppliersDb(options);

internal sealed class SqliteSuppliersDb(DbContextOptions<SqliteSuppliersDb> options) : SuppliersDb(options);

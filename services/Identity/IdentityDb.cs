using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Clients;
using Recruitment.Identity.Domains;
using Recruitment.Identity.People;
using Recruitment.Identity.Provisioning;
using Recruitment.Identity.SingleSignOn;
using Recruitment.Platform;

namespace Recruitment.Identity;

/// <summary>People and their memberships, one-time links, machine clients, and what OpenIddict and Data Protection keep.</summary>
internal abstract class IdentityDb(DbContextOptions options) : ServiceDb(options), IDataProtectionKeyContext
{
    public DbSet<Person> People => Set<Person>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<OneTimeLink> Links => Set<OneTimeLink>();
    public DbSet<MachineClient> Machines => Set<MachineClient>();
    public DbSet<IdentityUserLogin<Guid>> Logins => Set<IdentityUserLogin<Guid>>();
    public DbSet<OrganisationProvider> Providers => Set<OrganisationProvider>();
    public DbSet<EmailDomain> EmailDomains => Set<EmailDomain>();
    public DbSet<ProvisioningRules> ProvisioningRules => Set<ProvisioningRules>();
    public DbSet<ProvisionedUser> ProvisionedUsers => Set<ProvisionedUser>();
    public DbSet<ProvisionedGroup> ProvisionedGroups => Set<ProvisionedGroup>();
    public DbSet<ProvisionedGroupMember> ProvisionedGroupMembers => Set<ProvisionedGroupMember>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.UseOpenIddict();
        modelBuilder.Entity<Person>(person =>
        {
            person.ToTable("People").HasKey(p => p.Id);
            person.HasIndex(p => p.NormalizedEmail).IsUnique();
            person.HasIndex(p => p.NormalizedUserName).IsUnique();
            person.Property(p => p.ConcurrencyStamp).IsConcurrencyToken();
            person.Property(p => p.LockoutEnd).HasConversion(
                given => given.HasValue ? given.Value.UtcDateTime : (DateTime?)null,
                kept => kept.HasValue ? new DateTimeOffset(DateTime.SpecifyKind(kept.Value, DateTimeKind.Utc)) : null);
            person.HasMany(p => p.Memberships).WithOne().HasForeignKey(m => m.PersonId);
        });
        modelBuilder.Entity<Membership>(membership =>
        {
            membership.ToTable("Memberships").HasKey(m => m.Id);
            membership.Property(m => m.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<IdentityUserClaim<Guid>>().ToTable("PeopleClaims").HasKey(c => c.Id);
        modelBuilder.Entity<IdentityUserLogin<Guid>>().ToTable("PeopleLogins").HasKey(l => new { l.LoginProvider, l.ProviderKey });
        modelBuilder.Entity<IdentityUserToken<Guid>>().ToTable("PeopleTokens").HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        modelBuilder.Entity<OneTimeLink>(link =>
        {
            link.ToTable("OneTimeLinks").HasKey(l => l.TokenHash);
            link.Property(l => l.UsedAt).IsConcurrencyToken();
        });
        modelBuilder.KeepSingleSignOn();
        modelBuilder.KeepProvisioning();
        modelBuilder.Entity<MachineClient>().ToTable("MachineClients").HasKey(m => m.ClientId);
    }
}

internal sealed class PostgresIdentityDb(DbContextOptions<PostgresIdentityDb> options) : IdentityDb(options);

internal sealed class SqliteIdentityDb(DbContextOptions<SqliteIdentityDb> options) : IdentityDb(options);

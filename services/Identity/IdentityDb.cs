using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Claiming;
using Recruitment.Identity.Clients;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.Domains;
using Recruitment.Identity.Keys;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Identity.Provisioning;
using Recruitment.Identity.Recoveries;
using Recruitment.Identity.Reviews;
using Recruitment.Identity.RoleRequests;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.SignInClients;
using Recruitment.Identity.SingleSignOn;
using Recruitment.Platform;

namespace Recruitment.Identity;

/// <summary>People, their memberships, sessions and credentials, one-time links, machine clients, and what OpenIddict and Data Protection keep.</summary>
internal abstract class IdentityDb(DbContextOptions options) : ServiceDb(options), IDataProtectionKeyContext
{
    public DbSet<Person> People => Set<Person>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<Authenticator> Authenticators => Set<Authenticator>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<PersonLink> PersonLinks => Set<PersonLink>();
    public DbSet<Recovery> Recoveries => Set<Recovery>();
    public DbSet<OneTimeLink> Links => Set<OneTimeLink>();
    public DbSet<PartyClaim> Claims => Set<PartyClaim>();
    public DbSet<RoleRequest> RoleRequests => Set<RoleRequest>();
    public DbSet<OwnershipTransfer> Transfers => Set<OwnershipTransfer>();
    public DbSet<AccessReview> Reviews => Set<AccessReview>();
    public DbSet<MachineClient> Machines => Set<MachineClient>();
    public DbSet<SignInClient> SignInClients => Set<SignInClient>();
    public DbSet<IssuerKey> Keys => Set<IssuerKey>();
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
        KeepAuditTrail(modelBuilder);
        modelBuilder.UseOpenIddict();
        modelBuilder.KeepDueWork();
        modelBuilder.KeepAnswers();
        modelBuilder.KeepMarks();
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
            membership.HasIndex(m => m.PartyId);
        });
        modelBuilder.Entity<IdentityUserClaim<Guid>>().ToTable("PeopleClaims").HasKey(c => c.Id);
        modelBuilder.Entity<IdentityUserLogin<Guid>>().ToTable("PeopleLogins").HasKey(l => new { l.LoginProvider, l.ProviderKey });
        modelBuilder.Entity<IdentityUserToken<Guid>>().ToTable("PeopleTokens").HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        modelBuilder.Entity<OneTimeLink>(link =>
        {
            link.ToTable("OneTimeLinks").HasKey(l => l.TokenHash);
            link.Property(l => l.UsedAt).IsConcurrencyToken();
            link.HasIndex(l => l.PartyId);
        });
        modelBuilder.Entity<PartyClaim>(claim =>
        {
            claim.ToTable("PartyClaims").HasKey(c => c.PartyId);
            claim.Property(c => c.PartyId).ValueGeneratedNever();
            claim.Property(c => c.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<RoleRequest>().ToTable("RoleRequests").Property(r => r.Id).ValueGeneratedNever();
        modelBuilder.Entity<OwnershipTransfer>().ToTable("OwnershipTransfers").Property(t => t.Id).ValueGeneratedNever();
        modelBuilder.Entity<AccessReview>(review =>
        {
            review.ToTable("AccessReviews").Property(r => r.Id).ValueGeneratedNever();
            review.HasIndex(r => r.PartyId);
            review.HasMany(r => r.Lines).WithOne().HasForeignKey(l => l.ReviewId);
        });
        modelBuilder.Entity<AccessReviewLine>().ToTable("AccessReviewLines").Property(l => l.Id).ValueGeneratedNever();
        modelBuilder.Entity<Session>(session =>
        {
            session.ToTable("Sessions").HasKey(s => s.Id);
            session.Property(s => s.Id).ValueGeneratedNever();
            session.Property(s => s.EndedAt).IsConcurrencyToken();
            session.HasIndex(s => s.PersonId);
            session.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId);
        });
        KeepCredentials(modelBuilder);
        modelBuilder.KeepMails();
        modelBuilder.Entity<IssuerKey>().ToTable("IssuerKeys").HasKey(k => k.Id);
        modelBuilder.KeepSingleSignOn();
        modelBuilder.KeepProvisioning();
        modelBuilder.Entity<MachineClient>().ToTable("MachineClients").HasKey(m => m.ClientId);
        modelBuilder.Entity<SignInClient>(client =>
        {
            client.ToTable("SignInClients").HasKey(c => c.ClientId);
            client.Property(c => c.Version).IsConcurrencyToken();
            client.HasIndex(c => c.PartyId);
        });
    }

    private static void KeepCredentials(ModelBuilder modelBuilder)
    {
        // As the framework's own schema of version 3 has it.
        modelBuilder.Entity<IdentityUserPasskey<Guid>>(passkey =>
        {
            passkey.ToTable("PeoplePasskeys").HasKey(p => p.CredentialId);
            passkey.Property(p => p.CredentialId).HasMaxLength(1024);
            passkey.OwnsOne(p => p.Data).ToJson();
            passkey.HasIndex(p => p.UserId);
            passkey.HasOne<Person>().WithMany().HasForeignKey(p => p.UserId);
        });
        modelBuilder.Entity<SpentChallenge>().ToTable("SpentChallenges").HasKey(s => s.Hash);
        modelBuilder.Entity<Authenticator>(app =>
        {
            app.ToTable("Authenticators").HasKey(a => a.PersonId);
            app.HasOne<Person>().WithOne().HasForeignKey<Authenticator>(a => a.PersonId);
        });
        modelBuilder.Entity<RecoveryCode>(code =>
        {
            code.ToTable("RecoveryCodes").HasKey(c => c.Id);
            code.Property(c => c.Id).ValueGeneratedNever();
            code.HasIndex(c => c.PersonId);
            code.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId);
        });
        modelBuilder.Entity<PersonLink>(link =>
        {
            link.ToTable("PersonLinks").HasKey(l => l.TokenHash);
            link.HasIndex(l => l.PersonId);
            link.HasOne<Person>().WithMany().HasForeignKey(l => l.PersonId);
        });
        modelBuilder.Entity<AskedForPassword>(asked =>
        {
            asked.ToTable("AskedForPassword").HasKey(a => a.Id);
            asked.Property(a => a.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<Recovery>(recovery =>
        {
            recovery.ToTable("Recoveries").HasKey(r => r.Id);
            recovery.Property(r => r.Id).ValueGeneratedNever();
            recovery.Property(r => r.Version).IsConcurrencyToken();
            recovery.HasIndex(r => r.PersonId);
            recovery.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId);
        });
        modelBuilder.Entity<TriesOfKey>().ToTable("Tries").HasKey(t => t.Key);
    }
}

internal sealed class PostgresIdentityDb(DbContextOptions<PostgresIdentityDb> options) : IdentityDb(options);

internal sealed class SqliteIdentityDb(DbContextOptions<SqliteIdentityDb> options) : IdentityDb(options);

using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.Provisioning;

/// <summary>What this folder adds to the service, its model and its addresses.</summary>
internal static class ProvisioningService
{
    public static void KeepProvisioning(this ModelBuilder model)
    {
        model.Entity<ProvisioningRules>(rules =>
        {
            rules.ToTable("ProvisioningRules").HasKey(r => r.PartyId);
            rules.Property(r => r.PartyId).ValueGeneratedNever();
            rules.Property(r => r.Version).IsConcurrencyToken();
            rules.HasMany(r => r.Groups).WithOne().HasForeignKey(g => g.PartyId);
        });
        model.Entity<RoleOfGroup>().ToTable("RolesOfGroups").HasKey(g => new { g.PartyId, g.Group, g.Role });
        model.Entity<ProvisionedUser>(user =>
        {
            user.ToTable("ProvisionedUsers").HasKey(u => u.Id);
            user.Property(u => u.Id).ValueGeneratedNever();
            user.Property(u => u.Version).IsConcurrencyToken();
            user.HasIndex(u => new { u.PartyId, u.NormalizedUserName }).IsUnique();
            user.HasIndex(u => new { u.PartyId, u.ExternalId }).IsUnique();
            user.HasIndex(u => u.PersonId);
        });
        model.Entity<ProvisionedGroup>(group =>
        {
            group.ToTable("ProvisionedGroups").HasKey(g => g.Id);
            group.Property(g => g.Id).ValueGeneratedNever();
            group.Property(g => g.Version).IsConcurrencyToken();
            group.HasIndex(g => new { g.PartyId, g.DisplayName }).IsUnique();
            group.HasMany(g => g.Members).WithOne().HasForeignKey(m => m.GroupId);
        });
        model.Entity<ProvisionedGroupMember>(member =>
        {
            member.ToTable("ProvisionedGroupMembers").HasKey(m => new { m.GroupId, m.UserId });
            member.HasIndex(m => m.UserId);
        });
    }

    public static void MapProvisioning(this RouteGroupBuilder identity)
    {
        ChangeProvisioningRules.Map(identity);
        GetProvisioningRules.Map(identity);
        var scim = identity.MapGroup("/scim/v2").RequireAuthorization(ScimAccess.Policy).WithMetadata(new OwnScope(ScimAccess.Scope)).ExcludeFromDescription().AddEndpointFilter(ScimErrors.Answer);
        ScimUsers.Map(scim);
        ScimGroups.Map(scim);
        ScimDiscovery.Map(scim);
    }
}

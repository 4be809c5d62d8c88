using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.Provisioning;

/// <summary>GET /api/v1/identity/provisioning: what your organisation lets its directory do (SCIM 2.0), and where the directory is to send it. Owner.</summary>
internal static class GetProvisioningRules
{
    public sealed record Group(string Name, string Role);

    /// <remarks>On: false until an owner has said what the directory may do. Roles: those that a directory of your kind of organisation can give. Version: 0 while it is off.</remarks>
    public sealed record Response(bool On, string Address, string? RoleOfAll, IReadOnlyList<Group> Groups, IReadOnlyList<string> Roles, int Users, int Version);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/provisioning", Handle).WithName(nameof(GetProvisioningRules)).RequireRoles(Platform.Roles.Owner);

    private static async Task<Ok<Response>> Handle(Caller caller, IdentityDb db, HttpRequest http, CancellationToken stop)
    {
        var rules = await db.ProvisioningRules.AsNoTracking().Include(r => r.Groups).SingleOrDefaultAsync(r => r.PartyId == caller.Party, stop);
        var users = await db.ProvisionedUsers.CountAsync(u => u.PartyId == caller.Party, stop);
        var address = $"{http.Scheme}://{http.Host}{ScimMeta.Root}";
        return TypedResults.Ok(new Response(rules is not null, address, rules?.RoleOfAll,
            [.. (rules?.Groups ?? []).OrderBy(g => g.Group, StringComparer.Ordinal).Select(g => new Group(g.Group, g.Role))], ProvisioningRules.RolesOf(caller.Kind), users, rules?.Version ?? 0));
    }
}

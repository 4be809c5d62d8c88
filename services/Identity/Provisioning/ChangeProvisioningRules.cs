using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Provisioning;

/// <summary>PUT /api/v1/identity/provisioning: an owner says which groups of the organisation's directory give which roles. Roles of everybody listed follow at once.</summary>
internal static class ChangeProvisioningRules
{
    public sealed record Group([property: Required, StringLength(256)] string Name, [property: Required, OneOf(typeof(Roles), nameof(Roles.OfPeople))] string Role);

    /// <remarks>RoleOfAll: what everybody whom the directory lists gets; null for nothing without a group.</remarks>
    public sealed record Request([property: OneOf(typeof(Roles), nameof(Roles.OfPeople))] string? RoleOfAll, [property: Required, MaxLength(100)] IReadOnlyList<Group> Groups);

    public sealed record Response(int Version);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/provisioning", Handle).WithName(nameof(ChangeProvisioningRules)).RequireRoles(Roles.Owner).RequireFreshSignIn(ofPeopleAlone: true).WhileManaging().WithIfMatch();

    private static async Task<Ok<Response>> Handle(Request request, Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        await using var together = await Members.Begin(db, stop);
        var rules = await db.ProvisioningRules.Include(r => r.Groups).SingleOrDefaultAsync(r => r.PartyId == caller.Party, stop);
        caller.MustHaveRead(rules?.Version ?? 0);
        if (rules is null) db.ProvisioningRules.Add(rules = ProvisioningRules.Of(caller.Party, caller.Kind));
        rules.Change(request.RoleOfAll, request.Groups.Select(g => (g.Name.Trim(), g.Role)));
        await db.SaveChangesAsync(stop);
        await Entitlements.ApplyToAll(db, caller, rules, time.GetUtcNow().UtcDateTime, stop);
        await db.SaveChangesAsync(stop);
        await together!.CommitAsync(stop);
        return TypedResults.Ok(new Response(rules.Version));
    }
}

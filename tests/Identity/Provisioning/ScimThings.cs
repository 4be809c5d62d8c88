using Recruitment.Identity.Provisioning;
using Recruitment.Identity.Tests.Organisations;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Provisioning;

/// <summary>What an organisation's directory has made, and who may ask for it: a machine of that organisation with the scope for it, and nobody else.</summary>
internal static class ScimThings
{
    private const string Root = "/api/v1/identity/scim/v2";
    private static readonly object Deactivate = new { schemas = new[] { "urn:ietf:params:scim:api:messages:2.0:PatchOp" }, Operations = new[] { new { op = "replace", path = "active", value = false } } };
    private static readonly object Rename = new { schemas = new[] { "urn:ietf:params:scim:api:messages:2.0:PatchOp" }, Operations = new[] { new { op = "replace", path = "displayName", value = "Sellers" } } };

    public static async Task<IReadOnlyList<Arranged>> Of(Offices offices, Offices.Someone owner)
    {
        await Say(offices, owner);
        var foreign = await offices.Owner();
        await Say(offices, foreign);
        Asker[] askers =
        [
            Machine("own", owner, ScimAccess.Scope), Machine("api alone", owner, "api"), Machine("foreign", foreign, ScimAccess.Scope),
            new("person", Roles.Owner, owner.Kind, owner.Party, $"{owner.Id}"),
        ];
        var (user, name) = (await User(offices, owner), $"p{Guid.CreateVersion7():N}@office.example");
        return
        [
            new("ListProvisionedUsers", $"{Root}/Users", askers, shows: $"{user}"),
            new("GetProvisionedUser", $"{Root}/Users/{user}", askers),
            new("PatchProvisionedUser", async () => $"{Root}/Users/{await User(offices, owner)}", askers, Deactivate),
            new("ReplaceProvisionedUser", async () => $"{Root}/Users/{await User(offices, owner)}", askers, new { schemas = new[] { ScimUsers.Schema }, userName = name, active = false }),
            new("DeleteProvisionedUser", async () => $"{Root}/Users/{await User(offices, owner)}", askers),
            new("GetProvisionedGroup", async () => $"{Root}/Groups/{await Group(offices, owner)}", askers),
            new("PatchProvisionedGroup", async () => $"{Root}/Groups/{await Group(offices, owner)}", askers, Rename),
            new("ReplaceProvisionedGroup", async () => $"{Root}/Groups/{await Group(offices, owner)}", askers, new { schemas = new[] { "urn:ietf:params:scim:schemas:core:2.0:Group" }, displayName = "Makers" }),
            new("DeleteProvisionedGroup", async () => $"{Root}/Groups/{await Group(offices, owner)}", askers),
        ];
    }

    private static Asker Machine(string standing, Offices.Someone of, string scope) => new(standing, Roles.SupplierUser, of.Kind, of.Party, $"client:{Guid.CreateVersion7()}", scope);

    private static Task<int> Say(Offices offices, Offices.Someone owner) => offices.With(db =>
    {
        db.Add(ProvisioningRules.Of(owner.Party, owner.Kind));
        return db.SaveChangesAsync();
    });

    private static async Task<Guid> User(Offices offices, Offices.Someone owner)
    {
        var person = await offices.Person(owner.Party, owner.Kind);
        var user = ProvisionedUser.New(owner.Party, person.Id, new(person.Email, null, true), TimeProvider.System.GetUtcNow().UtcDateTime);
        await offices.With(db => { db.Add(user); return db.SaveChangesAsync(); });
        return user.Id;
    }

    private static async Task<Guid> Group(Offices offices, Offices.Someone owner)
    {
        var group = ProvisionedGroup.New(owner.Party, new($"Group {Guid.CreateVersion7():N}", null, new HashSet<Guid>()), TimeProvider.System.GetUtcNow().UtcDateTime);
        await offices.With(db => { db.Add(group); return db.SaveChangesAsync(); });
        return group.Id;
    }
}

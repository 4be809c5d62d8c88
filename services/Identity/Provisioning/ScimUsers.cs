using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Provisioning;

/// <summary>/scim/v2/Users: an organisation's directory lists who works for it, and who no longer does (RFC 7644).</summary>
internal static class ScimUsers
{
    public const string Schema = "urn:ietf:params:scim:schemas:core:2.0:User";

    public static void Map(RouteGroupBuilder scim)
    {
        scim.MapGet("/Users", List).WithName("ListProvisionedUsers");
        scim.MapGet("/Users/{id:guid}", Get).WithName("GetProvisionedUser");
        scim.MapPost("/Users", Create).WithName("CreateProvisionedUser");
        scim.MapPut("/Users/{id:guid}", Replace).WithName("ReplaceProvisionedUser");
        scim.MapPatch("/Users/{id:guid}", Patch).WithName("PatchProvisionedUser");
        scim.MapDelete("/Users/{id:guid}", Delete).WithName("DeleteProvisionedUser");
    }

    private static Task<IResult> List(Caller caller, IdentityDb db, HttpRequest http, CancellationToken stop, string? filter = null, int? startIndex = null, int? count = null)
    {
        var users = db.ProvisionedUsers.AsNoTracking().Where(u => u.PartyId == caller.Party);
        users = ScimFilter.Read(filter, "username", "externalid", "id", "emails.value", "emails[type eq \"work\"].value") switch
        {
            null => users,
            { Attribute: "externalid", Value: var value } => users.Where(u => u.ExternalId == value),
            { Attribute: "id", Value: var value } => Guid.TryParse(value, out var id) ? users.Where(u => u.Id == id) : users.Where(_ => false),
            { Value: var value } => Called(users, value.ToUpperInvariant()),
        };
        return ScimPage.Of(users.OrderBy(u => u.Id), startIndex, count, u => Show(u, http), stop);
    }

    private static IQueryable<ProvisionedUser> Called(IQueryable<ProvisionedUser> users, string normalized) => users.Where(u => u.NormalizedUserName == normalized);

    private static async Task<IResult> Get(Guid id, Caller caller, IdentityDb db, HttpRequest http, CancellationToken stop) =>
        new ScimJson(StatusCodes.Status200OK, Show(await Find(db, caller, id, stop), http));

    private static async Task<IResult> Create(Caller caller, IdentityDb db, HttpRequest http, ProvisionedPeople people, TimeProvider time, CancellationToken stop)
    {
        var (values, now) = ((await ScimBody.Read(http, stop)).User(activeOtherwise: true), time.GetUtcNow().UtcDateTime);
        await using var together = await Members.Begin(db, stop);
        var rules = await ScimAccess.RulesOf(db, caller, stop);
        await people.MustBeFree(caller.Party, values, except: null, stop);
        var user = ProvisionedUser.New(caller.Party, await people.PersonOf(caller.Party, values.UserName, stop), values, now);
        db.ProvisionedUsers.Add(user);
        await Save(db, caller, user, rules, now, stop);
        await together!.CommitAsync(stop);
        var shown = Show(user, http);
        return new ScimJson(StatusCodes.Status201Created, shown, shown["meta"]!["location"]!.GetValue<string>());
    }

    private static async Task<IResult> Replace(Guid id, Caller caller, IdentityDb db, HttpRequest http, ProvisionedPeople people, TimeProvider time, CancellationToken stop)
    {
        var body = await ScimBody.Read(http, stop);
        return await Change(id, values => body.User(values.Active), caller, db, http, people, time, stop);
    }

    private static async Task<IResult> Patch(Guid id, Caller caller, IdentityDb db, HttpRequest http, ProvisionedPeople people, TimeProvider time, CancellationToken stop)
    {
        var body = await ScimBody.Read(http, stop);
        return await Change(id, values => ScimPatch.Of(body, values), caller, db, http, people, time, stop);
    }

    private static async Task<IResult> Change(
        Guid id, Func<UserValues, UserValues> change, Caller caller, IdentityDb db, HttpRequest http, ProvisionedPeople people, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        var rules = await ScimAccess.RulesOf(db, caller, stop);
        var user = await Find(db, caller, id, stop);
        caller.MustHaveRead(user.Version);
        var (before, after) = (new UserValues(user.UserName, user.ExternalId, user.IsActive), change(new(user.UserName, user.ExternalId, user.IsActive)));
        if (after != before)
        {
            await people.MustBeFree(caller.Party, after, except: id, stop);
            if (!after.UserName.Equals(before.UserName, StringComparison.OrdinalIgnoreCase)) await people.Rename(user, after.UserName, stop);
            user.Change(after, now);
        }
        await Save(db, caller, user, rules, now, stop);
        await together!.CommitAsync(stop);
        return new ScimJson(StatusCodes.Status200OK, Show(user, http));
    }

    private static async Task<IResult> Delete(Guid id, Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        await using var together = await Members.Begin(db, stop);
        var user = await Find(db, caller, id, stop);
        caller.MustHaveRead(user.Version);
        await Entitlements.Depart(db, caller, user, time.GetUtcNow().UtcDateTime, stop);
        await db.ProvisionedGroupMembers.Where(m => m.UserId == id).ExecuteDeleteAsync(stop);
        db.ProvisionedUsers.Remove(user);
        await db.SaveChangesAsync(stop);
        await together!.CommitAsync(stop);
        return Results.NoContent();
    }

    private static async Task Save(IdentityDb db, Caller caller, ProvisionedUser user, ProvisioningRules rules, DateTime now, CancellationToken stop)
    {
        await db.SaveChangesAsync(stop);
        await Entitlements.Apply(db, caller, user, rules, now, stop);
        await db.SaveChangesAsync(stop);
    }

    private static async Task<ProvisionedUser> Find(IdentityDb db, Caller caller, Guid id, CancellationToken stop) =>
        await db.ProvisionedUsers.SingleOrDefaultAsync(u => u.Id == id && u.PartyId == caller.Party, stop) ?? throw ScimRefusedException.NotFound();

    private static JsonObject Show(ProvisionedUser user, HttpRequest http) => new()
    {
        ["schemas"] = new JsonArray(Schema),
        ["id"] = user.Id.ToString(),
        ["externalId"] = user.ExternalId,
        ["userName"] = user.UserName,
        ["active"] = user.IsActive,
        ["emails"] = new JsonArray(new JsonObject { ["value"] = user.UserName, ["type"] = "work", ["primary"] = true }),
        ["meta"] = ScimMeta.Of("User", user.CreatedAt, user.ChangedAt, user.Version, $"Users/{user.Id}", http),
    };
}

using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Provisioning;

/// <summary>/scim/v2/Groups: the groups of an organisation's directory and who is in them (RFC 7644). Roles follow from the organisation's own rules.</summary>
internal static class ScimGroups
{
    public const string Schema = "urn:ietf:params:scim:schemas:core:2.0:Group";

    public static void Map(RouteGroupBuilder scim)
    {
        scim.MapGet("/Groups", List).WithName("ListProvisionedGroups");
        scim.MapGet("/Groups/{id:guid}", Get).WithName("GetProvisionedGroup");
        scim.MapPost("/Groups", Create).WithName("CreateProvisionedGroup");
        scim.MapPut("/Groups/{id:guid}", Replace).WithName("ReplaceProvisionedGroup");
        scim.MapPatch("/Groups/{id:guid}", Patch).WithName("PatchProvisionedGroup");
        scim.MapDelete("/Groups/{id:guid}", Delete).WithName("DeleteProvisionedGroup");
    }

    private static Task<IResult> List(
        Caller caller, IdentityDb db, HttpRequest http, CancellationToken stop, string? filter = null, int? startIndex = null, int? count = null, string? excludedAttributes = null)
    {
        var groups = db.ProvisionedGroups.AsNoTracking().Include(g => g.Members).Where(g => g.PartyId == caller.Party);
        groups = ScimFilter.Read(filter, "displayname", "externalid", "id") switch
        {
            null => groups,
            { Attribute: "displayname", Value: var value } => groups.Where(g => g.DisplayName == value),
            { Attribute: "externalid", Value: var value } => groups.Where(g => g.ExternalId == value),
            { Value: var value } => Guid.TryParse(value, out var id) ? groups.Where(g => g.Id == id) : groups.Where(_ => false),
        };
        return ScimPage.Of(groups.OrderBy(g => g.Id), startIndex, count, g => Show(g, http, WithMembers(excludedAttributes)), stop);
    }

    private static async Task<IResult> Get(Guid id, Caller caller, IdentityDb db, HttpRequest http, CancellationToken stop, string? excludedAttributes = null) =>
        new ScimJson(StatusCodes.Status200OK, Show(await Find(db, caller, id, stop), http, WithMembers(excludedAttributes)));

    private static async Task<IResult> Create(Caller caller, IdentityDb db, HttpRequest http, TimeProvider time, CancellationToken stop)
    {
        var (values, now) = ((await ScimBody.Read(http, stop)).Group(), time.GetUtcNow().UtcDateTime);
        await using var together = await Members.Begin(db, stop);
        var rules = await ScimAccess.RulesOf(db, caller, stop);
        await MustBeRight(db, caller, values, except: null, stop);
        var group = ProvisionedGroup.New(caller.Party, values, now);
        db.ProvisionedGroups.Add(group);
        await Save(db, caller, values.Members, rules, now, stop);
        await together!.CommitAsync(stop);
        var shown = Show(group, http, members: true);
        return new ScimJson(StatusCodes.Status201Created, shown, shown["meta"]!["location"]!.GetValue<string>());
    }

    private static async Task<IResult> Replace(Guid id, Caller caller, IdentityDb db, HttpRequest http, TimeProvider time, CancellationToken stop)
    {
        var body = await ScimBody.Read(http, stop);
        return await Change(id, _ => body.Group(), caller, db, http, time, stop);
    }

    private static async Task<IResult> Patch(Guid id, Caller caller, IdentityDb db, HttpRequest http, TimeProvider time, CancellationToken stop)
    {
        var body = await ScimBody.Read(http, stop);
        return await Change(id, values => ScimPatch.Of(body, values), caller, db, http, time, stop);
    }

    private static async Task<IResult> Change(
        Guid id, Func<GroupValues, GroupValues> change, Caller caller, IdentityDb db, HttpRequest http, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        var rules = await ScimAccess.RulesOf(db, caller, stop);
        var group = await Find(db, caller, id, stop);
        caller.MustHaveRead(group.Version);
        var before = group.Members.Select(m => m.UserId).ToHashSet();
        var after = change(new(group.DisplayName, group.ExternalId, before));
        await MustBeRight(db, caller, after, except: id, stop);
        group.Change(after, now);
        await Save(db, caller, before.Union(after.Members), rules, now, stop);
        await together!.CommitAsync(stop);
        return new ScimJson(StatusCodes.Status200OK, Show(group, http, members: true));
    }

    private static async Task<IResult> Delete(Guid id, Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        await using var together = await Members.Begin(db, stop);
        var rules = await ScimAccess.RulesOf(db, caller, stop);
        var group = await Find(db, caller, id, stop);
        caller.MustHaveRead(group.Version);
        var members = group.Members.Select(m => m.UserId).ToList();
        db.ProvisionedGroups.Remove(group);
        await Save(db, caller, members, rules, time.GetUtcNow().UtcDateTime, stop);
        await together!.CommitAsync(stop);
        return Results.NoContent();
    }

    /// <summary>Whoever came, went or stayed has afterwards the roles that follow.</summary>
    private static async Task Save(IdentityDb db, Caller caller, IEnumerable<Guid> touched, ProvisioningRules rules, DateTime now, CancellationToken stop)
    {
        await db.SaveChangesAsync(stop);
        var ids = touched.ToList();
        foreach (var user in await db.ProvisionedUsers.Where(u => ids.Contains(u.Id)).ToListAsync(stop)) await Entitlements.Apply(db, caller, user, rules, now, stop);
        await db.SaveChangesAsync(stop);
    }

    private static async Task MustBeRight(IdentityDb db, Caller caller, GroupValues values, Guid? except, CancellationToken stop)
    {
        if (await db.ProvisionedGroups.AnyAsync(g => g.PartyId == caller.Party && g.DisplayName == values.DisplayName && g.Id != except, stop))
            throw ScimRefusedException.Taken("There is a group of this name.");
        if (await db.ProvisionedUsers.CountAsync(u => u.PartyId == caller.Party && values.Members.Contains(u.Id), stop) != values.Members.Count)
            throw ScimRefusedException.Value("A member is no user of your organisation here.");
    }

    private static async Task<ProvisionedGroup> Find(IdentityDb db, Caller caller, Guid id, CancellationToken stop) =>
        await db.ProvisionedGroups.Include(g => g.Members).SingleOrDefaultAsync(g => g.Id == id && g.PartyId == caller.Party, stop) ?? throw ScimRefusedException.NotFound();

    private static bool WithMembers(string? excluded) => excluded?.Split(',').Any(a => a.Trim().Equals("members", StringComparison.OrdinalIgnoreCase)) != true;

    private static JsonObject Show(ProvisionedGroup group, HttpRequest http, bool members) => new()
    {
        ["schemas"] = new JsonArray(Schema),
        ["id"] = group.Id.ToString(),
        ["externalId"] = group.ExternalId,
        ["displayName"] = group.DisplayName,
        ["members"] = members
            ? new JsonArray([.. group.Members.Select(m => new JsonObject { ["value"] = m.UserId.ToString(), ["$ref"] = ScimMeta.At($"Users/{m.UserId}", http) })])
            : null,
        ["meta"] = ScimMeta.Of("Group", group.CreatedAt, group.ChangedAt, group.Version, $"Groups/{group.Id}", http),
    };
}

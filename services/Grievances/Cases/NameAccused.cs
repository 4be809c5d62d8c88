using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>PUT /api/v1/grievances/{id}/accused: a reader names the organisation the case is about. Only keyed hashes stay; readers bound to it drop out. Case handlers.</summary>
internal static class NameAccused
{
    public sealed record Request(Guid PartyId);

    /// <summary>Readers free of conflict; those without a copy of the case key get one from the browser (<see cref="ShareCaseKey"/>).</summary>
    public sealed record Allowed(Guid ReaderId, string PublicKey, bool HasKey);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/{id:guid}/accused", Handle).WithName(nameof(NameAccused)).RequireRoles(Roles.CaseHandler);

    private static async Task<Results<Ok<IReadOnlyList<Allowed>>, NotFound>> Handle(
        Guid id, Request request, Caller caller, SuppliersClient suppliers, KeyedHashes hashes, GrievancesDb db, CancellationToken stop)
    {
        if (await db.Open(id, caller, stop) is not var (_, grievance)) return TypedResults.NotFound();

        var owners = await suppliers.GroupOf(request.PartyId, stop);
        var readers = await db.Readers.ToListAsync(stop);
        grievance.Name(owners.Select(hashes.OfParty), readers);
        await db.SaveChangesAsync(stop);

        return TypedResults.Ok<IReadOnlyList<Allowed>>([.. readers.Where(r => !r.IsBoundTo(grievance.AccusedHashes))
            .Select(r => new Allowed(r.Id, Convert.ToBase64String(r.PublicKey), grievance.Keys.Any(k => k.ReaderId == r.Id)))]);
    }
}

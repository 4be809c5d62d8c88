using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>PUT /api/v1/grievances/{id}/accused: a reader names the organisation the case is about. Only keyed hashes stay; readers bound to it drop out. Case handlers.</summary>
internal static class NameAccused
{
    /// <remarks>One of the two: the organisation itself, or one of its sites. In the place of one that is named already another needs the version that was read:
    /// whoever was bound to the first gets in.</remarks>
    public sealed record Request(Guid? PartyId, Guid? SiteId);

    /// <summary>Readers free of conflict; those without a copy of each of the case's keys get them from the browser (<see cref="ShareCaseKey"/>).</summary>
    public sealed record Allowed(Guid ReaderId, string PublicKey, bool HasKey);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/{id:guid}/accused", Handle).WithName(nameof(NameAccused)).AuditedAs(CaseWork.Name).WithRequiredIfMatch().RequireRoles(Roles.CaseHandler)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<IReadOnlyList<Allowed>>, NotFound, ProblemHttpResult>> Handle(
        Guid id, Request request, Caller caller, SuppliersClient suppliers, KeyedHashes hashes, ErasureKeys erasure, GrievancesDb db, CancellationToken stop)
    {
        if (await db.Open(id, caller, stop) is not var (_, grievance)) return TypedResults.NotFound();

        if (await erasure.Find(grievance.ErasureKeyId, stop) is not { } wrapping) return TypedResults.NotFound();

        var accused = request.PartyId ?? (request.SiteId is { } site ? await suppliers.OwnerOf(site, stop) : null);
        if (accused is null || await suppliers.GroupOf(accused.Value, stop) is not { } owners)
            return Problems.Bad("unknown-organisation", "Suppliers knows no such organisation or site. Search the directory and send its partyId or siteId.");

        var hash = hashes.OfParty(accused.Value);
        // The same again takes nobody's word away.
        if (!grievance.IsNamed) caller.MustHaveRead(grievance.Version);
        else if (!grievance.AccusedHashes.Contains(hash)) caller.MustSayWhatWasRead(grievance.Version);

        var readers = await db.Readers.ToListAsync(stop);
        db.AddRange(grievance.Name(hash, owners.Select(hashes.OfParty), readers, wrapping));
        await db.SaveChangesAsync(stop);

        return TypedResults.Ok<IReadOnlyList<Allowed>>([.. readers.Where(grievance.MayRead)
            .Select(r => new Allowed(r.Id, Convert.ToBase64String(r.PublicKey), grievance.HoldsAllKeys(r)))]);
    }
}

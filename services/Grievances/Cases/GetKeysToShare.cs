using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>GET /api/v1/grievances/{id}/keys: this reader's copies of the case's keys, and who is free of conflict and lacks some of them, the intake team first. Nothing of what was written. Case handlers.</summary>
/// <remarks>Also for whoever may not see the case any more while nobody free of conflict has its keys: she can give them to such a reader, and loses hers with that.</remarks>
internal static class GetKeysToShare
{
    public sealed record Key(int Generation, string Sealed);

    public sealed record Lacking(Guid ReaderId, string PublicKey);

    public sealed record Response(IReadOnlyList<Key> Keys, IReadOnlyList<Lacking> Readers);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/{id:guid}/keys", Handle).WithName(nameof(GetKeysToShare)).AuditedAs(CaseWork.Name).RequireRoles(Roles.CaseHandler);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid id, Caller caller, ErasureKeys erasure, GrievancesDb db, CancellationToken stop)
    {
        var readers = await db.Readers.AsNoTracking().ToListAsync(stop);
        if (await db.OpenKeys(id, caller, readers, stop) is not var (reader, grievance)) return TypedResults.NotFound();
        if (await erasure.Find(grievance.ErasureKeyId, stop) is not { } wrapping) return TypedResults.NotFound();
        if (!grievance.IsNamed) throw new BrokenRuleException("accused-not-named", "Name the accused first: until then only the intake team may open a case.");

        return TypedResults.Ok(new Response(
            [.. grievance.Keys.Where(k => k.ReaderId == reader.Id).OrderBy(k => k.Generation).Select(k => new Key(k.Generation, Convert.ToBase64String(wrapping.Unwrap(k.Sealed))))],
            // The first to have all keys may be the only one to get them: those on the intake team are at work.
            [.. readers.Where(r => grievance.MayRead(r) && !grievance.HoldsAllKeys(r)).OrderByDescending(r => r.Intake).ThenBy(r => r.Id).Select(r => new Lacking(r.Id, Convert.ToBase64String(r.PublicKey)))]));
    }
}

using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>POST /api/v1/grievances/{id}/handover: a reader who finds herself in conflict gives the case up for good. Her copies go and the case gets a new key. Case handlers.</summary>
internal static class HandOver
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/{id:guid}/handover", Handle).WithName(nameof(HandOver)).AuditedAs(CaseWork.Name).RequireRoles(Roles.CaseHandler);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, Caller caller, ErasureKeys erasure, GrievancesDb db, CancellationToken stop)
    {
        if (await db.Open(id, caller, stop) is not var (reader, grievance)) return TypedResults.NotFound();
        if (await erasure.Find(grievance.ErasureKeyId, stop) is not { } wrapping) return TypedResults.NotFound();

        db.AddRange(grievance.HandOver(reader, await db.Readers.ToListAsync(stop), wrapping));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Evidence;

/// <summary>DELETE /applications/{id}/evidence/{evidence} (recruiter): takes a file back before the application is sent.</summary>
internal static class RemoveEvidence
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapDelete("/applications/{id:guid}/evidence/{evidence:guid}", Handle).WithName(nameof(RemoveEvidence)).RequireRoles(Roles.RecruiterUser);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, Guid evidence, Caller caller, AccreditationDb db, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var application = await db.Applications.VisibleTo(caller).SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null) return TypedResults.NotFound();
        application.EvidenceChanged(caller.Subject);
        await db.SaveChangesAsync(stop);

        await db.EvidenceChunks.Where(c => c.EvidenceId == evidence && db.Evidence.Any(e => e.Id == evidence && e.ApplicationId == id)).ExecuteDeleteAsync(stop);
        var removed = await db.Evidence.Where(e => e.Id == evidence && e.ApplicationId == id).ExecuteDeleteAsync(stop);
        await transaction.CommitAsync(stop);
        return removed == 1 ? TypedResults.NoContent() : TypedResults.NotFound();
    }
}

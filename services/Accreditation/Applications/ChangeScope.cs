using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>PUT /applications/{id}/scope (recruiter): other corridors or sectors, before it is sent.</summary>
internal static class ChangeScope
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/applications/{id:guid}/scope", Handle).WithName(nameof(ChangeScope)).WithIfMatch().RequireRoles(Roles.RecruiterUser);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(Guid id, BeginApplication.Request scope, Caller caller, AccreditationDb db, CancellationToken stop)
    {
        if (scope.Wrong() is { } wrong) return wrong;
        var application = await db.Applications.VisibleTo(caller).SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);

        application.ChangeScope(scope.Corridors, scope.Sectors, caller.Subject);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

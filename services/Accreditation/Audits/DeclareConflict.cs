using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Audits;

/// <summary>POST /applications/{id}/conflict-declarations (auditor of the body asked): says whether there is a conflict of interest, signed.</summary>
internal static class DeclareConflict
{
    /// <remarks>HasConflict: Any tie to the recruiter or its owners in the last two years: work, training, money, family.</remarks>
    public sealed record Request(
        bool HasConflict, [property: Required(ErrorMessage = NoStatement), StringLength(2000, MinimumLength = 3, ErrorMessage = NoStatement)] string Statement,
        [property: Required(ErrorMessage = NoName), StringLength(200, MinimumLength = 2, ErrorMessage = NoName)] string SignedAs);

    private const string NoStatement = "Say in your words what ties you have or that there are none, in 3 to 2000 characters.";
    private const string NoName = "Sign with your name, in 2 to 200 characters.";

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/applications/{id:guid}/conflict-declarations", Handle).WithName(nameof(DeclareConflict)).WithIfMatch().WithIdempotencyKey<AccreditationDb>().RequireRoles(Roles.Auditor);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, Request request, Caller caller, AccreditationDb db, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).WithAudit().SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);

        application.DeclareConflict(caller.Subject, caller.Party, request.HasConflict, request.Statement, request.SignedAs, clock.Now);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

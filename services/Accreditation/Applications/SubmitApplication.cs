using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Deadlines;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>POST /applications/{id}/submit (recruiter): sends it, or answers 409 with the list of what is missing.</summary>
internal static class SubmitApplication
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/applications/{id:guid}/submit", Handle).WithName(nameof(SubmitApplication)).WithIfMatch().WithIdempotencyKey<AccreditationDb>().RequireRoles(Roles.RecruiterUser);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        Guid id, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, TimeLimits limits, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).Include(a => a.Answers).Include(a => a.History).SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);
        var scheme = catalogue.Of(application.SchemeCode, application.SchemeVersion);
        var evidence = (await db.Evidence.Where(e => e.ApplicationId == id && e.DestroyedAt == null).Select(e => e.Indicator).ToListAsync(stop)).ToHashSet();

        application.RequireOpenToRecruiter();
        if (application.MissingForSubmission(scheme, evidence) is { Count: > 0 } missing)
            return TypedResults.Problem(new ProblemDetails
            {
                Status = StatusCodes.Status409Conflict, Type = "urn:recruitment:application-incomplete",
                Detail = "Something is still missing. The list says what.", Extensions = { ["missing"] = missing },
            });

        application.Submit(scheme, evidence, limits, caller.Subject, clock.Now);
        db.AskFor(application, limits);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

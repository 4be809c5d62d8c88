using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Deadlines;
using Recruitment.Accreditation.Evidence;
using Recruitment.Accreditation.Parties;
using Recruitment.Accreditation.Schemes;
using Recruitment.Accreditation.Texts;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>POST /applications/{id}/decision (decision maker of the audit body, never its auditor): granted, refused, or returned to the auditor, with a rationale.</summary>
internal static class Decide
{
    /// <remarks>Kept: places in the rationale that the scan finds and that stay, each by its id with a reason, which is stored.</remarks>
    public sealed record Request(
        [property: Required(ErrorMessage = NoOutcome), AllowedValues("granted", "refused", "returned", ErrorMessage = NoOutcome)] string Outcome,
        [property: Required(ErrorMessage = NoRationale), StringLength(4000, MinimumLength = 10, ErrorMessage = NoRationale)] string Rationale,
        [property: MaxLength(200, ErrorMessage = "200 answers are the most that one text takes.")] IReadOnlyList<Keep>? Kept = null);

    private const string NoOutcome = "Choose an outcome: granted, refused or returned to the auditor.";
    private const string NoRationale = "Give your reasons, in 10 to 4000 characters.";

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/applications/{id:guid}/decision", Handle).WithName(nameof(Decide)).WithIfMatch().WithIdempotencyKey<AccreditationDb>().RequireRoles(Roles.DecisionMaker).RequireFreshSignIn(ofPeopleAlone: true);

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid id, Request request, Caller caller, AccreditationDb db, EvidenceStore evidence, SchemeCatalogue catalogue, TimeLimits limits, Wording wording, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).WithAudit().SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null || !caller.MayDecide(application)) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);

        await db.RequireIndependent(caller.Party, application.RecruiterPartyId, stop);
        if (request.Outcome == "returned") application.ReturnToAuditor(request.Rationale, caller.Subject, caller.Party, clock.Now);
        else application.Decide(request.Outcome == "granted", request.Rationale, limits, caller.Subject, caller.Party, clock.Now);
        application.KeepStepHits(await wording.Require(application, Wording.Rationale, request.Rationale, request.Kept, null, stop));
        if (request.Outcome != "returned") await evidence.Decided(application.Id, stop);
        db.AskFor(application, limits);
        await db.PublishStatus(application, limits, clock, stop);
        // Sent back to the auditor, there is nothing to tell yet.
        if (request.Outcome != "returned") await db.TellRecruiter(application, limits.TodayOf(clock), stop);
        db.PublishFindings(application, catalogue.Of(application.SchemeCode, application.SchemeVersion));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

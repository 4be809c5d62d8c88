using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Parties;
using Recruitment.Accreditation.Schemes;
using Recruitment.Accreditation.Texts;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Audits;

/// <summary>POST /audits/{audit}/close (the auditor named): every criterion has a finding; the decision maker takes over.</summary>
internal static class CloseAudit
{
    /// <remarks>Kept: places in the summary that the scan finds and that stay, each by its id with a reason, which is stored.</remarks>
    public sealed record Request(
        DateOnly AuditedOn, [property: Required(ErrorMessage = NoSummary), StringLength(8000, MinimumLength = 3, ErrorMessage = NoSummary)] string Summary,
        [property: Range(0, 100_000, ErrorMessage = "People interviewed: give a number from 0 to 100000, or leave it empty.")] int? InterviewsHeld = null,
        [property: MaxLength(200, ErrorMessage = "200 answers are the most that one text takes.")] IReadOnlyList<Keep>? Kept = null);

    private const string NoSummary = "Summary: sum the audit up in 3 to 8000 characters.";

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/audits/{audit:guid}/close", Handle).WithName(nameof(CloseAudit)).WithIfMatch().WithIdempotencyKey<AccreditationDb>().RequireRoles(Roles.Auditor);

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid audit, Request request, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, TimeLimits limits, Wording wording, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).WithAudit().SingleOrDefaultAsync(a => a.AuditId == audit, stop);
        if (application is null || !caller.IsAuditorOf(application)) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);
        await db.RequireIndependent(caller.Party, application.RecruiterPartyId, stop);

        var scheme = catalogue.Of(application.SchemeCode, application.SchemeVersion);
        application.CloseAudit(scheme, request.AuditedOn, request.InterviewsHeld, request.Summary, limits, caller.Subject, clock.Now);
        await wording.RequireFindings(application, stop);
        application.KeepSummaryHits(await wording.Require(application, Wording.Summary, request.Summary, request.Kept, application.KeptSummaryHits, stop));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Parties;
using Recruitment.Accreditation.Schemes;
using Recruitment.Accreditation.Texts;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Audits;

/// <summary>PUT /audits/{audit}/findings/{criterion} (the auditor named): records or replaces what was found on one criterion.</summary>
internal static class RecordFinding
{
    /// <remarks>Kept: places that the scan finds and that stay, each by its id with a reason, which is stored.</remarks>
    public sealed record Request(
        [property: Required(ErrorMessage = "Choose a grade."), OneOf(typeof(Codes), nameof(Codes.Grades))] string Grade,
        [property: Required(ErrorMessage = NoText), StringLength(8000, ErrorMessage = NoText)] string Text,
        [property: Required(ErrorMessage = "Choose by what it is shown."), OneOf(typeof(Codes), nameof(Codes.EvidenceLevels))] string EvidenceLevel,
        [property: MaxLength(200, ErrorMessage = "200 answers are the most that one text takes.")] IReadOnlyList<Keep>? Kept = null);

    private const string NoText = "Write what was found, in 8000 characters at most.";

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/audits/{audit:guid}/findings/{criterion}", Handle).WithName(nameof(RecordFinding)).WithIfMatch().WithIdempotencyKey<AccreditationDb>().RequireRoles(Roles.Auditor);

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid audit, string criterion, Request request, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, Wording wording, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).WithAudit().SingleOrDefaultAsync(a => a.AuditId == audit, stop);
        if (application is null || !caller.IsAuditorOf(application)) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);
        await db.RequireIndependent(caller.Party, application.RecruiterPartyId, stop);

        var scheme = catalogue.Of(application.SchemeCode, application.SchemeVersion);
        application.RecordFinding(scheme, criterion, request.Grade, request.Text, request.EvidenceLevel, caller.Subject, clock.Now);
        var finding = application.Findings.Single(f => f.Criterion == criterion);
        finding.KeepHits(await wording.Require(application, criterion, request.Text, request.Kept, finding.KeptHits, stop));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

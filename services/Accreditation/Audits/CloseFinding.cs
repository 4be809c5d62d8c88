using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Parties;
using Recruitment.Accreditation.Schemes;
using Recruitment.Accreditation.Texts;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Audits;

/// <summary>POST /audits/{audit}/findings/{criterion}/closure (the auditor named): has seen proof that a finding is put right.</summary>
internal static class CloseFinding
{
    /// <remarks>Kept: places that the scan finds and that stay, each by its id with a reason, which is stored.</remarks>
    public sealed record Request(
        [property: Required(ErrorMessage = NoProof), StringLength(4000, MinimumLength = 3, ErrorMessage = NoProof)] string Proof,
        [property: MaxLength(200, ErrorMessage = "200 answers are the most that one text takes.")] IReadOnlyList<Keep>? Kept = null);

    private const string NoProof = "Write what proof you have seen, in 3 to 4000 characters.";

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/audits/{audit:guid}/findings/{criterion}/closure", Handle).WithName(nameof(CloseFinding)).WithIfMatch().WithIdempotencyKey<AccreditationDb>().RequireRoles(Roles.Auditor);

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid audit, string criterion, Request request, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, Wording wording, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).WithAudit().SingleOrDefaultAsync(a => a.AuditId == audit, stop);
        if (application is null || !caller.IsAuditorOf(application)) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);
        await db.RequireIndependent(caller.Party, application.RecruiterPartyId, stop);

        application.CloseFinding(criterion, request.Proof, caller.Subject, clock.Now);
        application.Findings.Single(f => f.Criterion == criterion).KeepProofHits(await wording.Require(application, Wording.Proof(criterion), request.Proof, request.Kept, null, stop));
        db.PublishFindings(application, catalogue.Of(application.SchemeCode, application.SchemeVersion));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

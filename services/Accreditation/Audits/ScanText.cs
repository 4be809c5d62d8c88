using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Schemes;
using Recruitment.Accreditation.Texts;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Audits;

/// <summary>POST /audits/{audit}/text-scans (the auditor named): what in a text may point to a person, before it is saved. Nothing is saved.</summary>
internal static class ScanText
{
    /// <remarks>Where: a criterion for its finding, "proof-" and a criterion for the proof that it is put right, or "summary".</remarks>
    public sealed record Request([property: Required(ErrorMessage = NoPlace), StringLength(40, ErrorMessage = NoPlace)] string Where, [property: Required(ErrorMessage = NoText), StringLength(8000, ErrorMessage = NoText)] string Text);

    /// <remarks>Hits: each is changed in the text or kept, by its id and a reason, when the text is saved.</remarks>
    public sealed record Response(IReadOnlyList<ScanHit> Hits);

    private const string NoPlace = "Say where the text stands: a criterion, \"proof-\" and a criterion, or \"summary\".";

    private const string NoText = "Give the text, in 8000 characters at most.";

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/audits/{audit:guid}/text-scans", Handle).WithName(nameof(ScanText)).RequireRoles(Roles.Auditor);

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        Guid audit, Request request, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, Wording wording, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).AsNoTracking().SingleOrDefaultAsync(a => a.AuditId == audit, stop);
        if (application is null || !caller.IsAuditorOf(application)) return TypedResults.NotFound();

        var scheme = catalogue.Of(application.SchemeCode, application.SchemeVersion);
        var places = scheme.Criteria.SelectMany(c => new[] { c.Code, Wording.Proof(c.Code) }).Append(Wording.Summary);
        if (!places.Contains(request.Where)) return Problems.Bad("unknown-place", NoPlace);

        return TypedResults.Ok(new Response(await wording.Scan(application, request.Where, request.Text, stop)));
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Texts;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>POST /applications/{id}/text-scans (decision maker of the audit body): what in the reasons or the plan may point to a person, before they are saved. Nothing is saved.</summary>
internal static class ScanDecision
{
    /// <remarks>Where: "rationale", or a part of the jobseeker plan: "money", "papers", "contracts" or "travel".</remarks>
    public sealed record Request(
        [property: Required(ErrorMessage = NoPlace), AllowedValues("rationale", "money", "papers", "contracts", "travel", ErrorMessage = NoPlace)] string Where,
        [property: Required(ErrorMessage = NoText), StringLength(4000, ErrorMessage = NoText)] string Text);

    /// <remarks>Hits: each is changed in the text or kept, by its id and a reason, when the text is saved.</remarks>
    public sealed record Response(IReadOnlyList<ScanHit> Hits);

    private const string NoPlace = "Say where the text stands: \"rationale\", \"money\", \"papers\", \"contracts\" or \"travel\".";

    private const string NoText = "Give the text, in 4000 characters at most.";

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/applications/{id:guid}/text-scans", Handle).WithName(nameof(ScanDecision)).RequireRoles(Roles.DecisionMaker);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid id, Request request, Caller caller, AccreditationDb db, Wording wording, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null || !caller.MayDecide(application)) return TypedResults.NotFound();

        return TypedResults.Ok(new Response(await wording.Scan(application, request.Where, request.Text, stop)));
    }
}

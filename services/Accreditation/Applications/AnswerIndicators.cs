using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>PUT /applications/{id}/answers (recruiter): saves some answers of the self-assessment; the others stay as they are.</summary>
internal static class AnswerIndicators
{
    public sealed record Request([property: Required(ErrorMessage = NoAnswer), Length(1, 200, ErrorMessage = NoAnswer)] IReadOnlyList<One> Answers);

    private const string NoAnswer = "Answer at least one indicator, and 200 at most at once.";

    /// <remarks>Indicator: Its code.</remarks>
    /// <remarks>Value: conform, partly, not or not_applicable.</remarks>
    /// <remarks>Why: Why it does not apply.</remarks>
    /// <remarks>Note: What the reader should know.</remarks>
    public sealed record One(
        [property: Required(ErrorMessage = "Name the indicator of each answer.")] string Indicator,
        [property: Required(ErrorMessage = "Answer conform, partly, not or not_applicable."), OneOf(typeof(Codes), nameof(Codes.Answers))] string Value,
        [property: StringLength(2000, ErrorMessage = "Why it does not apply: write 2000 characters at most.")] string? Why = null,
        [property: StringLength(4000, ErrorMessage = "Note: write 4000 characters at most.")] string? Note = null);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/applications/{id:guid}/answers", Handle).WithName(nameof(AnswerIndicators)).WithIfMatch().WithIdempotencyKey<AccreditationDb>().RequireRoles(Roles.RecruiterUser);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, Request request, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).Include(a => a.Answers).SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);

        var scheme = catalogue.Of(application.SchemeCode, application.SchemeVersion);
        foreach (var one in request.Answers) application.SetAnswer(scheme, one.Indicator, one.Value, one.Why, one.Note, caller.Subject);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Practice;

/// <summary>PUT /api/v1/suppliers/mine/sites/{site}/self-assessment: a supplier answers about practice at a site, all of it or one topic.</summary>
internal static class SubmitSelfAssessment
{
    private static readonly string[] AnswersToEverything = ["declined", "not_asked"];

    public sealed record Request([property: Required] string CatalogueVersion, [property: Required] IReadOnlyDictionary<string, string> Answers);

    public sealed record Response(int Answered, int Questions);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/mine/sites/{site:guid}/self-assessment", Handle).WithName(nameof(SubmitSelfAssessment)).WithIfMatch().WithIdempotencyKey<SuppliersDb>().RequireRoles(Roles.SupplierUser);

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        Guid site, Request request, Caller caller, SuppliersDb db, BusinessClock clock, CancellationToken stop)
    {
        var id = new SiteId(site);
        var found = await db.Sites.SingleOrDefaultAsync(s => s.Id == id && s.PartyId == new PartyId(caller.Party), stop);
        if (found is null) return TypedResults.NotFound();

        var catalogue = Questions.Current;
        if (request.CatalogueVersion != catalogue.Version)
            return Problems.Bad("old-questions", $"These questions have changed. Load version {catalogue.Version} and answer again.");
        foreach (var (code, answer) in request.Answers)
        {
            if (catalogue.Questions.SingleOrDefault(q => q.Code == code) is not { } question)
                return Problems.Bad("unknown-question", "One of the answers is to a question that is not asked. Load the questions again.");
            if (!AnswersToEverything.Contains(answer) && question.Options.All(o => o.Code != answer))
                return Problems.Bad("unknown-answer", $"The answer to {question.Code} is not one of its choices. Choose one of: {string.Join(", ", question.Options.Select(o => o.Code).Concat(AnswersToEverything))}.");
        }

        var assessment = await db.SelfAssessments.SingleOrDefaultAsync(a => a.SiteId == id, stop);
        caller.MustHaveRead(assessment?.Version ?? 0);
        if (assessment is null)
        {
            assessment = new() { SiteId = id };
            db.SelfAssessments.Add(assessment);
        }
        assessment.Submit(catalogue.Version, request.Answers, clock.Today);
        if (found.Confirm()) db.Publish(found.State(db.Epoch));
        db.Publish(assessment.State(db.Epoch));
        await db.TellOfAnswers(found, stop);
        await db.SaveChangesAsync(stop);
        return TypedResults.Ok(new Response(assessment.Answers.Count, catalogue.Questions.Count));
    }
}

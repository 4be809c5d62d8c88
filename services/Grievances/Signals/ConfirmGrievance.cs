using System.ComponentModel.DataAnnotations;
using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Signals;

/// <summary>POST /api/v1/grievances/{id}/confirmation: a reader judged the case credible and independent of others, and it may be counted. Case handlers.</summary>
/// <remarks>The token comes out of the opened case. There is none without the worker's consent or when she is under 18, so nobody can count such a case.</remarks>
internal static class ConfirmGrievance
{
    public sealed record Request
    {
        [Required, RegularExpression(Signals.ContributionToken.Form)] public string ContributionToken { get; init; } = "";
        [Required, RegularExpression("site|recruiter")] public string SubjectKind { get; init; } = "";
        public Guid SubjectId { get; init; }
        [Required, OneOf(typeof(Topics), nameof(Topics.All))] public string TopicGroup { get; init; } = "";
        public bool Credible { get; init; }
        public bool Independent { get; init; }
    }

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/{id:guid}/confirmation", Handle).WithName(nameof(ConfirmGrievance)).AuditedAs(Cases.CaseWork.Name).RequireRoles(Roles.CaseHandler)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(Guid id, Request request, Caller caller,
        KeyedHashes hashes, ErasureList list, SuppliersClient suppliers, ContributionBox box, GrievancesDb db, BusinessClock clock, CancellationToken stop)
    {
        if (await db.Open(id, caller, stop) is not var (_, grievance)) return TypedResults.NotFound();
        if (!Topics.Has(request.TopicGroup)) return Problems.Bad("unknown-topic", $"topicGroup must be one of: {string.Join(", ", Topics.All)}.");
        if (!request.Credible || !request.Independent)
            return Problems.Bad("not-confirmed", "Only a case judged credible, and independent of the others, is counted.");
        if (!grievance.IsNamed)
            throw new BrokenRuleException("accused-not-named", "Name the accused first, so that nobody bound to it confirms the case.");
        var subject = request.SubjectKind == "site" ? await suppliers.OwnerOf(request.SubjectId, stop) : request.SubjectId;
        // Else one reader could count any case against anybody.
        if (subject is null || !grievance.AccusedHashes.Contains(hashes.OfParty(subject.Value)))
            throw new BrokenRuleException("not-the-accused", "This case is not about that site or recruiter. Send the one it names, or name the accused anew.");
        var tokenHash = hashes.OfTokenInContribution(request.ContributionToken);
        // A case restored from a backup does not know that its worker took her consent back since.
        if (grievance.TokenHash != hashes.OfTokenInCase(request.ContributionToken) || list.Uncounted().Contains(tokenHash))
            throw new BrokenRuleException("no-consent-to-count", "This case may not be counted: no consent, consent withdrawn, under 18, or counted already.");

        var sealedCell = box.Close(new(request.SubjectKind, request.SubjectId, request.TopicGroup, Quarter.Of(clock.Today), ContributionToken.PromisedIn(request.ContributionToken)));
        db.Add(Contribution.Of(tokenHash, sealedCell));
        // The token is spent: confirmed again, now or after a release, the case cannot count twice. A withdrawal or deletion at the same moment
        // changes the same version: whichever comes second finds it changed. The worker's is then done again and takes this back; this one is refused.
        grievance.SpendToken(hashes.OfTokenInCase(RandomId.New().ToString()));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

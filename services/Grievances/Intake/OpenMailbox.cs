using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox: the state of a case and its last reply, for whoever holds the receipt. Anybody.</summary>
internal static class OpenMailbox
{
    public sealed record Request([property: Required] string Receipt);

    /// <summary>Never her own words: the phone may be another's.</summary>
    /// <remarks>
    /// AgreedToCount says what she chose when she filed, and stays: were it gone after a confirmation or a release, whoever files cases himself could read
    /// from his own mailboxes what became of them.
    /// </remarks>
    public sealed record Response(string Status, string? LastReply, DateOnly? RepliedOn, DateOnly ReturnOn, bool AgreedToCount);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox", Handle).WithName(nameof(OpenMailbox)).AllowAnonymous();

    private static Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, Mailboxes mailboxes, BusinessClock clock, IOptions<GrievancesOptions> options, CancellationToken stop) => mailboxes.With(request.Receipt, box =>
    {
        var reply = box.LastReply();
        return Task.FromResult(TypedResults.Ok(new Response(box.Case.Status, reply?.Text, reply?.On, box.Case.WorkerReturns(options.Value.TodayOf(clock), options.Value), box.ContributionToken() is not null)));
    }, stop);
}

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox: the state of a case and its last reply, for whoever holds the receipt. Anybody.</summary>
internal static class OpenMailbox
{
    public sealed record Request([property: Required] string Receipt);

    /// <summary>Never her own words: the phone may be another's.</summary>
    public sealed record Response(string Status, string? LastReply, DateOnly? RepliedOn, DateOnly ReturnOn);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox", Handle).WithName(nameof(OpenMailbox)).AllowAnonymous();

    private static Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, Mailboxes mailboxes, BusinessClock clock, IOptions<GrievancesOptions> options, CancellationToken stop) => mailboxes.With(request.Receipt, box =>
    {
        var reply = box.LastReply;
        var text = reply is null ? null : box.TextOf(reply);
        return Task.FromResult(TypedResults.Ok(new Response(box.Case.Status, text, reply?.WrittenOn, clock.Today.AddDays(options.Value.DaysOrdinary))));
    }, stop);
}

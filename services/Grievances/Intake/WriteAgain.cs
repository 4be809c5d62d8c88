using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Recruitment.Grievances.Alerts;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/messages: the worker writes again. The same message id twice is one message. Anybody with the receipt.</summary>
internal static class WriteAgain
{
    public sealed record Request([property: Required] string Receipt, Guid MessageId, [property: Required, StringLength(SizeLimits.GrievanceText)] string Text);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/messages", Handle).WithName(nameof(WriteAgain)).AllowAnonymous();

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, Mailboxes mailboxes, GrievancesDb db, BusinessClock clock, IOptions<GrievancesOptions> options, CancellationToken stop) => mailboxes.With(request.Receipt, async box =>
    {
        var found = box.Case;
        var before = found.Messages.Count;
        found.WriteAgain(request.MessageId, request.Text, clock.Today, options.Value);
        db.AddRange(found.Messages.Skip(before));
        if (found.Messages.Count > before && found is { IsUrgent: true, Parked: false }) await db.AlertReadersOf(found, stop);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }, stop);
}

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Recruitment.Grievances.Alerts;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/messages: the worker writes again. The same message twice is one message. Anybody with the receipt.</summary>
internal static class WriteAgain
{
    /// <remarks>MessageId: made by whoever sends, anew for each message; sent again with it, a message of which the answer was lost is not doubled.</remarks>
    public sealed record Request([property: Required] string Receipt, [property: Required] Guid? MessageId, [property: Required, StringLength(SizeLimits.GrievanceText)] string Text);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/messages", Handle).WithName(nameof(WriteAgain)).AllowAnonymous();

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, Mailboxes mailboxes, KeyedHashes hashes, GrievancesDb db, BusinessClock clock, IOptions<GrievancesOptions> options, CancellationToken stop)
    {
        if (request.MessageId is not { } given || given == Guid.Empty)
            return Problems.Bad("message-id-missing", "Send a messageId: a random id that you make for this message, and the same one when you send it again.");

        return await mailboxes.With(request.Receipt, async box =>
        {
            var (found, id) = (box.Case, hashes.OfMessage(box.Case.Id, given));
            if (found.Messages.Find(m => m.Id == id) is { } arrived && !box.Says(arrived, request.Text))
                throw new BrokenRuleException("message-id-used", "Another message arrived under this messageId. Send this one with a new messageId.");

            var before = found.Messages.Count;
            found.WriteAgain(id, request.Text, options.Value.TodayOf(clock), options.Value);
            db.AddRange(found.Messages.Skip(before));
            if (found.Messages.Count > before && found is { IsUrgent: true, Parked: false }) await db.AlertReadersOf(found, stop);
            await db.SaveChangesAsync(stop);
            return TypedResults.NoContent();
        }, stop);
    }
}

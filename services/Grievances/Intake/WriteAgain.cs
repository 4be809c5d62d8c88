using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Recruitment.Grievances.Alerts;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/messages: the worker writes again. The same message id twice is one message. Anybody with the receipt.</summary>
internal static class WriteAgain
{
    public sealed record Request([property: Required] string Receipt, Guid MessageId, [property: Required, StringLength(SizeLimits.GrievanceText)] string Text);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/messages", Handle).WithName(nameof(WriteAgain)).AllowAnonymous();

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, ReceiptKeys receipts, Erasure.ErasureKeys erasure, GrievancesDb db, BusinessClock clock, IOptions<GrievancesOptions> options, CancellationToken stop)
    {
        if (Receipt.Read(request.Receipt) is not { } digits) return OpenMailbox.Mistyped();

        if (await OpenMailbox.Find(db, erasure, receipts.Of(digits), stop) is not var (found, _)) return OpenMailbox.Unknown();

        var before = found.Messages.Count;
        found.WriteAgain(request.MessageId, request.Text, clock.Today, options.Value);
        db.AddRange(found.Messages.Skip(before));
        if (found.Messages.Count > before && found is { IsUrgent: true, Parked: false }) await db.AlertReadersOf(found, stop);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

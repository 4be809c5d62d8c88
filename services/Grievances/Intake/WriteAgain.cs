using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/messages: the worker writes again. The same message id twice is one message. Anybody with the receipt.</summary>
internal static class WriteAgain
{
    public sealed record Request([property: Required] string Receipt, Guid MessageId, [property: Required, StringLength(SizeLimits.GrievanceText)] string Text);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/messages", Handle).WithName(nameof(WriteAgain)).AllowAnonymous();

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, ReceiptKeys receipts, GrievancesDb db, BusinessClock clock, IOptions<GrievancesOptions> options, CancellationToken stop)
    {
        if (Receipt.Read(request.Receipt) is not { } digits) return OpenMailbox.Mistyped();

        var found = await OpenMailbox.Find(db, receipts.Of(digits), stop);
        if (found is null) return OpenMailbox.Unknown();

        var before = found.Messages.Count;
        found.WriteAgain(request.MessageId, request.Text, clock.Today, options.Value);
        db.AddRange(found.Messages.Skip(before));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

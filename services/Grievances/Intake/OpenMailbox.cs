using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Recruitment.Grievances.Cases;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox: the state of a case and its last reply, for whoever holds the receipt. Anybody.</summary>
internal static class OpenMailbox
{
    public sealed record Request([property: Required] string Receipt);

    /// <summary>Never her own words: the phone may be another's.</summary>
    public sealed record Response(string Status, string? LastReply, DateOnly? RepliedOn, DateOnly ReturnOn);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox", Handle).WithName(nameof(OpenMailbox)).AllowAnonymous();

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, ReceiptKeys receipts, GrievancesDb db, BusinessClock clock, IOptions<GrievancesOptions> options, CancellationToken stop)
    {
        if (Receipt.Read(request.Receipt) is not { } digits) return Mistyped();

        var key = receipts.Of(digits);
        var found = await Find(db, key, stop);
        if (found is null) return Unknown();

        var reply = found.Messages.Where(m => m.SealedForWorker is not null).MaxBy(m => m.Position);
        var text = reply is null ? null : JsonSerializer.Deserialize<Said>(
            Hpke.Open(key.PrivateKey, Sealing.ReplyInfo, Sealing.Of(found.Id), reply.SealedForWorker!), Sealing.Json)?.Text;
        return TypedResults.Ok(new Response(found.Status, text, reply?.WrittenOn, clock.Today.AddDays(options.Value.DaysOrdinary)));
    }

    /// <summary>A locked case is found by no code: whoever else has it learns nothing, not even that it was locked.</summary>
    public static Task<Grievance?> Find(GrievancesDb db, ReceiptKey key, CancellationToken stop) =>
        db.Grievances.Include(g => g.Messages).Include(g => g.Keys).AsSplitQuery().SingleOrDefaultAsync(g => g.LookupId == key.LookupId && !g.Locked, stop);

    public static ProblemHttpResult Mistyped() => Problems.Bad("receipt-mistyped", "The receipt has a wrong digit. Send all 26 digits.");

    public static ProblemHttpResult Unknown() => Problems.Of(StatusCodes.Status404NotFound, "receipt-unknown", "There is nothing under this receipt.");
}

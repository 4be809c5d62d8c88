using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Recruitment.Grievances.Cases;
using Recruitment.Grievances.Erasure;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox: the state of a case and its last reply, for whoever holds the receipt. Anybody.</summary>
internal static class OpenMailbox
{
    public sealed record Request([property: Required] string Receipt);

    /// <summary>Never her own words: the phone may be another's.</summary>
    public sealed record Response(string Status, string? LastReply, DateOnly? RepliedOn, DateOnly ReturnOn);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox", Handle).WithName(nameof(OpenMailbox)).AllowAnonymous();

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, ReceiptKeys receipts, ErasureKeys erasure, GrievancesDb db, BusinessClock clock, IOptions<GrievancesOptions> options, CancellationToken stop)
    {
        if (Receipt.Read(request.Receipt) is not { } digits) return Mistyped();

        var key = receipts.Of(digits);
        if (await Find(db, erasure, key, stop) is not var (found, wrapping)) return Unknown();

        var reply = found.Messages.Where(m => m.SealedForWorker is not null).MaxBy(m => m.Position);
        var text = reply is null ? null : JsonSerializer.Deserialize<Said>(
            Hpke.Open(key.PrivateKey, Sealing.ReplyInfo, Sealing.Of(found.Id), wrapping.Unwrap(reply.SealedForWorker!)), Sealing.Json)?.Text;
        return TypedResults.Ok(new Response(found.Status, text, reply?.WrittenOn, clock.Today.AddDays(options.Value.DaysOrdinary)));
    }

    /// <summary>A locked or deleted case is found by no code: whoever else has it learns nothing, not even that it was locked.</summary>
    public static async Task<(Grievance Found, CaseWrapping Wrapping)?> Find(GrievancesDb db, ErasureKeys erasure, ReceiptKey key, CancellationToken stop)
    {
        var found = await db.Grievances.Include(g => g.Messages).Include(g => g.Keys).AsSplitQuery().SingleOrDefaultAsync(g => g.LookupId == key.LookupId && !g.Locked, stop);
        return found is not null && await erasure.Find(found.ErasureKeyId, stop) is { } wrapping ? (found, wrapping) : null;
    }

    /// <summary>Her receipt opens her copy of the case key, and that the token: in this request's memory, nowhere else.</summary>
    public static string? TokenIn(Grievance found, CaseWrapping wrapping, ReceiptKey key)
    {
        var first = found.Messages.Single(m => m.Position == 0);
        var copy = found.Keys.Single(k => k.ReaderId is null && k.Generation == first.Generation);
        var caseKey = Hpke.Open(key.PrivateKey, Sealing.CaseKeyInfo, Sealing.Of(found.Id), wrapping.Unwrap(copy.Sealed));
        return JsonSerializer.Deserialize<Told>(Hpke.Open(caseKey, Sealing.MessageInfo, Sealing.Of(found.Id), first.SealedForCase), Sealing.Json)!.ContributionToken;
    }

    public static ProblemHttpResult Mistyped() => Problems.Bad("receipt-mistyped", "The receipt has a wrong digit. Send all 26 digits.");

    public static ProblemHttpResult Unknown() => Problems.Of(StatusCodes.Status404NotFound, "receipt-unknown", "There is nothing under this receipt.");
}

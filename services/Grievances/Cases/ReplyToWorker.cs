using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>POST /api/v1/grievances/{id}/replies: a reply sealed in the reader's browser, once for the worker's receipt and once for the case. Case handlers.</summary>
internal static class ReplyToWorker
{
    private const int Longest = 64 << 10;

    /// <remarks>
    /// Generation: of the public key that the copy for the case is sealed to, as /sealed gave it. MessagesRead: how many messages /sealed gave when the
    /// case was last shown to whoever answers. ReplyId: a random one of the sender's, so that an answer sent again after a lost reply is one answer.
    /// </remarks>
    public sealed record Request(
        [property: Required, StringLength(Longest)] string SealedForWorker, [property: Required, StringLength(Longest)] string SealedForCase, [property: Required] int? Generation,
        [property: Required, Range(1, int.MaxValue)] int? MessagesRead, Guid? ReplyId = null);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/{id:guid}/replies", Handle).WithName(nameof(ReplyToWorker)).AuditedAs(CaseWork.Name).RequireRoles(Roles.CaseHandler)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        Guid id, Request request, Caller caller, ErasureKeys erasure, GrievancesDb db, BusinessClock clock, IOptions<GrievancesOptions> options, CancellationToken stop)
    {
        if (await db.Open(id, caller, stop) is not var (_, grievance)) return TypedResults.NotFound();
        if (await erasure.Find(grievance.ErasureKeyId, stop) is not { } wrapping) return TypedResults.NotFound();
        // Text sent by mistake in clear is never base64 of a sealed message; it is refused and not kept.
        if (!IsSealed(request.SealedForWorker) || !IsSealed(request.SealedForCase))
            return Problems.Bad("not-sealed", "Both copies must be sealed messages in base64. Nothing was kept.");
        if (request.ReplyId is { } sent && grievance.Messages.Any(m => m.Id == sent && m.Author == SealedMessage.FromReader)) return TypedResults.NoContent();
        // Kept under the new generation it would open with no key at all, and whoever dropped out holds the one it is sealed to.
        if (request.Generation != grievance.Generation)
            return Problems.Of(StatusCodes.Status412PreconditionFailed, "case-has-new-key",
                "The case got a new key since you opened it, so nothing was kept. Open it again, seal your text to its present publicKey and send that with its publicKeyGeneration.");
        if (grievance.UnlessAllRead(request.MessagesRead) is { } unread) return unread;

        if (request.ReplyId is { } taken && (taken == Guid.Empty || await db.Set<SealedMessage>().AnyAsync(m => m.Id == taken, stop)))
            return Problems.Bad("reply-id-used", "This replyId is no random one: another message has it. Send the answer with a new one.");

        db.Add(grievance.Reply(request.ReplyId ?? RandomId.New(), Convert.FromBase64String(request.SealedForWorker), Convert.FromBase64String(request.SealedForCase), wrapping, options.Value.TodayOf(clock), options.Value));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }

    /// <summary>Long enough for an encapsulated key and a tag, and its padded length shows the kilobytes of a sealed text.</summary>
    public static bool IsSealed(string base64) => Base64.IsValid(base64, out var length) && length > 48 && (length - 48) % 1024 == 0;
}

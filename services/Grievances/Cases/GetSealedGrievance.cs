using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>GET /api/v1/grievances/{id}/sealed: a case as it is stored, with this reader's copy of its key. Opened in her browser alone. Case handlers.</summary>
internal static class GetSealedGrievance
{
    public sealed record Message(Guid Id, string Author, int Position, DateOnly WrittenOn, int Generation, string Sealed);

    public sealed record EarlierKey(int Generation, string Sealed);

    /// <remarks>
    /// A case got a new key when a reader dropped out; a message names the generation of the key it is sealed to. CaseKey is the newest that this
    /// reader holds, of that Generation; PublicKey may be newer, and whoever seals to it sends its PublicKeyGeneration.
    /// </remarks>
    public sealed record Response(Guid Id, int Version, string Severity, string Language, DateOnly FiledOn, DateOnly NextClock, string Status,
        bool AccusedNamed, bool MailboxLocked, string PublicKey, string WorkerPublicKey, int PublicKeyGeneration, int Generation, string CaseKey,
        IReadOnlyList<EarlierKey> EarlierKeys, IReadOnlyList<Message> Messages);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/{id:guid}/sealed", Handle).WithName(nameof(GetSealedGrievance)).AuditedAs(CaseWork.Name).RequireRoles(Roles.CaseHandler).RequireFreshSignIn(ofPeopleAlone: true);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid id, Caller caller, ErasureKeys erasure, GrievancesDb db, CancellationToken stop)
    {
        if (await db.Open(id, caller, stop) is not var (reader, g)) return TypedResults.NotFound();

        if (await erasure.Find(g.ErasureKeyId, stop) is not { } wrapping) return TypedResults.NotFound();

        var keys = g.Keys.Where(k => k.ReaderId == reader.Id).OrderByDescending(k => k.Generation)
            .Select(k => new EarlierKey(k.Generation, Convert.ToBase64String(wrapping.Unwrap(k.Sealed)))).ToList();
        return TypedResults.Ok(new Response(g.Id, g.Version, g.Severity, g.Language, g.FiledOn, g.NextClock, g.Status, g.IsNamed, g.Locked,
            Convert.ToBase64String(g.PublicKey), Convert.ToBase64String(g.WorkerPublicKey), g.Generation,
            keys[0].Generation, keys[0].Sealed, keys[1..],
            [.. g.Messages.OrderBy(m => m.Position).Select(m => new Message(m.Id, m.Author, m.Position, m.WrittenOn, m.Generation, Convert.ToBase64String(m.SealedForCase)))]));
    }
}

using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>GET /api/v1/grievances/{id}/sealed: a case as it is stored, with this reader's copy of its key. Opened in her browser alone. Case handlers.</summary>
internal static class GetSealedGrievance
{
    public sealed record Message(Guid Id, string Author, int Position, DateOnly WrittenOn, string Sealed);

    public sealed record Response(Guid Id, int Version, string Severity, string Language, DateOnly FiledOn, DateOnly NextClock, string Status,
        bool AccusedNamed, bool MailboxLocked, string PublicKey, string WorkerPublicKey, string CaseKey, IReadOnlyList<Message> Messages);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/{id:guid}/sealed", Handle).WithName(nameof(GetSealedGrievance)).RequireRoles(Roles.CaseHandler);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid id, Caller caller, GrievancesDb db, CancellationToken stop)
    {
        if (await db.Open(id, caller, stop) is not var (reader, g)) return TypedResults.NotFound();

        return TypedResults.Ok(new Response(g.Id, g.Version, g.Severity, g.Language, g.FiledOn, g.NextClock, g.Status, g.IsNamed, g.Locked,
            Convert.ToBase64String(g.PublicKey), Convert.ToBase64String(g.WorkerPublicKey),
            Convert.ToBase64String(g.Keys.Single(k => k.ReaderId == reader.Id).Sealed),
            [.. g.Messages.OrderBy(m => m.Position).Select(m => new Message(m.Id, m.Author, m.Position, m.WrittenOn, Convert.ToBase64String(m.SealedForCase)))]));
    }
}

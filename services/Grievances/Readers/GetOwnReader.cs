using System.Text.Json;
using Recruitment.Grievances.Cases;

namespace Recruitment.Grievances.Readers;

/// <summary>GET /api/v1/grievances/readers/me: her own wrapped key, to unlock in her browser. Case handlers.</summary>
internal static class GetOwnReader
{
    public sealed record Response(Guid Id, bool Intake, string PublicKey, RegisterReader.WrappedPrivateKey WrappedKey,
        RegisterReader.WrappedPrivateKey? RecoveryKey, string? AlertAddress);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/readers/me", Handle).WithName(nameof(GetOwnReader)).RequireRoles(Roles.CaseHandler);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Caller caller, GrievancesDb db, CancellationToken stop)
    {
        var reader = await db.Readers.SingleOrDefaultAsync(r => r.Subject == caller.Subject, stop);
        return reader is null
            ? TypedResults.NotFound()
            : TypedResults.Ok(new Response(reader.Id, reader.Intake, Convert.ToBase64String(reader.PublicKey),
                JsonSerializer.Deserialize<RegisterReader.WrappedPrivateKey>(reader.WrappedKey, Sealing.Json)!,
                reader.RecoveryKey is null ? null : JsonSerializer.Deserialize<RegisterReader.WrappedPrivateKey>(reader.RecoveryKey, Sealing.Json), reader.AlertAddress));
    }
}

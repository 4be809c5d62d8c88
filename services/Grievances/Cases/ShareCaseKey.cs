using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>PUT /api/v1/grievances/{id}/keys/{reader}: a copy of the case key, sealed in a browser to one more reader free of conflict. Case handlers.</summary>
internal static class ShareCaseKey
{
    private const int SealedKeyLength = 80;

    public sealed record Request([property: Required, StringLength(200)] string Sealed);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/{id:guid}/keys/{reader:guid}", Handle).WithName(nameof(ShareCaseKey)).RequireRoles(Roles.CaseHandler);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        Guid id, Guid reader, Request request, Caller caller, GrievancesDb db, CancellationToken stop)
    {
        if (await db.Open(id, caller, stop) is not var (_, grievance)) return TypedResults.NotFound();
        if (await db.Readers.FindAsync([reader], stop) is not { } other) return TypedResults.NotFound();
        if (!Base64.IsValid(request.Sealed, out var length) || length != SealedKeyLength)
            return Problems.Bad("not-sealed", "The copy must be a sealed key of 80 bytes in base64.");

        if (grievance.Share(other, Convert.FromBase64String(request.Sealed)) is { } key) db.Add(key);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

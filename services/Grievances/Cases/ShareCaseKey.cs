using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>PUT /api/v1/grievances/{id}/keys/{reader}: a copy of a case key, sealed in a browser to one more reader free of conflict. Case handlers.</summary>
internal static class ShareCaseKey
{
    private const int SealedKeyLength = 80;

    /// <remarks>Generation: which of the case's keys it is; 0 unless the case got a new one.</remarks>
    public sealed record Request([property: Required, StringLength(200)] string Sealed, [property: Range(0, int.MaxValue)] int Generation = 0);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/{id:guid}/keys/{reader:guid}", Handle).WithName(nameof(ShareCaseKey)).AuditedAs(CaseWork.Name).RequireRoles(Roles.CaseHandler);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        Guid id, Guid reader, Request request, Caller caller, ErasureKeys erasure, GrievancesDb db, CancellationToken stop)
    {
        var readers = await db.Readers.ToListAsync(stop);
        if (await db.OpenKeys(id, caller, readers, stop) is not var (_, grievance)) return TypedResults.NotFound();
        if (readers.Find(r => r.Id == reader) is not { } other) return TypedResults.NotFound();
        if (await erasure.Find(grievance.ErasureKeyId, stop) is not { } wrapping) return TypedResults.NotFound();
        if (!Base64.IsValid(request.Sealed, out var length) || length != SealedKeyLength)
            return Problems.Bad("not-sealed", "The copy must be a sealed key of 80 bytes in base64.");

        db.AddRange(grievance.Share(other, request.Generation, Convert.FromBase64String(request.Sealed), readers, wrapping));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

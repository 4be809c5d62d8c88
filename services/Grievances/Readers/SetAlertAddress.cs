using System.ComponentModel.DataAnnotations;

namespace Recruitment.Grievances.Readers;

/// <summary>PUT /api/v1/grievances/readers/me/alerts: where a mail goes when somebody may be in danger and she is on the intake team. Case handlers.</summary>
internal static class SetAlertAddress
{
    /// <remarks>Null: no mails.</remarks>
    public sealed record Request([property: StringLength(200), RegularExpression(@"[^\s@<>,;]+@[^\s@<>,;]+")] string? Address);

    public static void Map(RouteGroupBuilder group) => group.MapPut("/readers/me/alerts", Handle).WithName(nameof(SetAlertAddress)).RequireRoles(Roles.CaseHandler);

    private static async Task<Results<NoContent, NotFound>> Handle(Request request, Caller caller, GrievancesDb db, CancellationToken stop)
    {
        if (await db.ReaderOf(caller, stop) is not { } reader) return TypedResults.NotFound();

        reader.Alert(request.Address);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>POST /api/v1/grievances/{id}/closing: an answered case is closed; the worker may reopen it by writing again. Case handlers.</summary>
internal static class CloseGrievance
{
    /// <remarks>MessagesRead: how many messages /sealed gave when the case was last shown to whoever closes it.</remarks>
    public sealed record Request([property: Required, Range(1, int.MaxValue)] int? MessagesRead);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/{id:guid}/closing", Handle).WithName(nameof(CloseGrievance)).AuditedAs(CaseWork.Name).RequireRoles(Roles.CaseHandler)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(Guid id, Request request, Caller caller, GrievancesDb db, BusinessClock clock, IOptions<GrievancesOptions> options, CancellationToken stop)
    {
        if (await db.Open(id, caller, stop) is not var (_, grievance)) return TypedResults.NotFound();
        if (grievance.UnlessAllRead(request.MessagesRead) is { } unread) return unread;

        grievance.Close(options.Value.TodayOf(clock));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

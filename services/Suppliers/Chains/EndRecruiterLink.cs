using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Chains;

/// <summary>POST /api/v1/suppliers/mine/recruiters/{link}/end: a supplier no longer uses a recruiter for a corridor.</summary>
internal static class EndRecruiterLink
{
    /// <remarks>To: from this day on it is not used any more; one that begins after today ends on its first day at the earliest.</remarks>
    public sealed record Request(DateOnly To);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/mine/recruiters/{link:guid}/end", Handle).WithName(nameof(EndRecruiterLink)).RequireRoles(Roles.SupplierUser);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid link, Request request, Caller caller, SuppliersDb db, BusinessClock clock, CancellationToken stop)
    {
        var found = await db.Links.SingleOrDefaultAsync(l => l.Id == link && l.SupplierId == new PartyId(caller.Party), stop);
        if (found is null) return TypedResults.NotFound();

        if (!found.End(request.To, clock.Today)) return TypedResults.NoContent();
        db.Publish(found.State(db.Epoch));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

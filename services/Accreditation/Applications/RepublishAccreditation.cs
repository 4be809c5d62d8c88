using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>POST /republish (administrator): sends the current state of everything public again, for a rebuilt or later service.</summary>
internal static class RepublishAccreditation
{
    public sealed record Response(int Published);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/republish", Handle).WithName(nameof(RepublishAccreditation)).RequireRoles(Roles.Administrator);

    private static async Task<Ok<Response>> Handle(AccreditationDb db, SchemeCatalogue catalogue, CancellationToken stop)
    {
        db.InBulk = true;
        var all = await db.Applications.Where(a => a.State == State.Granted || a.State == State.Suspended || a.State == State.Withdrawn).WithAudit().ToListAsync(stop);
        foreach (var application in all)
        {
            // The same state at a higher sequence would look like a change; hearers that have it drop it, hearers that lost it take it.
            await db.PublishStatus(application, stop);
            db.PublishFindings(application, catalogue.Of(application.SchemeCode, application.SchemeVersion));
        }
        await db.SaveChangesAsync(stop);
        return TypedResults.Ok(new Response(all.Count));
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>POST /republish: the service publishes every current state again, for one that was rebuilt, restored or added later. Asked for while that is under way, it begins anew. Administrator.</summary>
internal static class BeginRepublish
{
    public static void Map(RouteGroupBuilder group, string service) =>
        group.MapPost("", Handle).WithName($"Republish{service}").RequireRoles(Roles.Administrator);

    private static async Task<Accepted> Handle(DatabaseAsked asked, TimeProvider time, CancellationToken stop)
    {
        await asked.Db.WithItsEntry(() => Begin(asked.Db, time.GetUtcNow().UtcDateTime, stop), stop);
        return TypedResults.Accepted((string?)null);
    }

    /// <summary>Two who ask at once begin one. From the first state, also while it is under way: whoever was emptied meanwhile would miss what was sent before.</summary>
    public static Task<int> Begin(ServiceDb db, DateTime now, CancellationToken stop) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO "Republishing" ("Id", "BegunAt", "DoneAt", "Kind", "After", "Published") VALUES (1, {now}, NULL, 0, NULL, 0)
        ON CONFLICT ("Id") DO UPDATE SET "BegunAt" = excluded."BegunAt", "DoneAt" = NULL, "Kind" = 0, "After" = NULL, "Published" = 0
        """, stop);
}

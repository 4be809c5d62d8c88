using System.Text.Json;
using Recruitment.Contracts.Grievances;
using Recruitment.Grievances.Cases;

namespace Recruitment.Grievances.Signals;

/// <summary>POST /api/v1/grievances/releases/republish: everything already released, again, for a service added later or rebuilt. Administrators.</summary>
internal static class RepublishReleases
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/releases/republish", Handle).WithName(nameof(RepublishReleases)).RequireRoles(Roles.Administrator);

    private static async Task<NoContent> Handle(GrievancesDb db, CancellationToken stop)
    {
        foreach (var release in await db.Releases.ToListAsync(stop))
        {
            db.Publish(new SignalsReleased
            {
                ReleaseId = release.Id, Epoch = db.Epoch, Sequence = 1, ReleasedOn = release.ReleasedOn,
                Cells = JsonSerializer.Deserialize<List<SignalCell>>(release.Cells, Sealing.Json)!,
            });
        }
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.Keys;

/// <summary>GET /api/v1/identity/keys (administrator): the keys that the issuer's tokens are made with, and those before them; never their content.</summary>
internal static class ListKeys
{
    /// <summary>State is next, used, before (what was made with it is still accepted), over or retired.</summary>
    public sealed record Item(string Id, string Use, string State, DateTime MadeAt, DateTime UsedFrom, DateTime? UsedUntil, DateTime? RetiredAt);

    public sealed record Response(IReadOnlyList<Item> Keys);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/keys", Handle).WithName(nameof(ListKeys)).RequireRoles(Roles.Administrator);

    private static async Task<Response> Handle(IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var keys = await db.Keys.AsNoTracking().OrderByDescending(k => k.UsedFrom).ToListAsync(stop);
        return new([.. keys.Select(k => new Item(k.Id, k.Use, State(k, now), k.MadeAt, k.UsedFrom, k.UsedUntil, k.RetiredAt))]);
    }

    private static string State(IssuerKey key, DateTime now) => key switch
    {
        { RetiredAt: not null } => "retired",
        { Counts: false } => "over",
        _ when key.IsUsed(now) => "used",
        _ => key.UsedFrom > now ? "next" : "before",
    };
}

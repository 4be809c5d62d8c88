using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Identity.Provisioning;

/// <summary>A list as the standard pages it (RFC 7644 section 3.4.2.4): from the n-th on, so many, of so many in all.</summary>
internal static class ScimPage
{
    private const int Most = 200;

    public static async Task<IResult> Of<T>(IQueryable<T> found, int? startIndex, int? count, Func<T, JsonObject> show, CancellationToken stop)
        where T : class
    {
        var (first, most) = (Math.Max(startIndex ?? 1, 1), Math.Clamp(count ?? Most, 0, Most));
        var total = await found.CountAsync(stop);
        var items = most == 0 ? [] : await found.Skip(first - 1).Take(most).ToListAsync(stop);
        return new ScimJson(StatusCodes.Status200OK, new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"),
            ["totalResults"] = total,
            ["startIndex"] = first,
            ["itemsPerPage"] = items.Count,
            ["Resources"] = new JsonArray([.. items.Select(show)]),
        });
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>POST /api/v1/identity/holders: which of these people and machines have a role now. Services.</summary>
/// <remarks>Who asks knows them already: nothing is said of anybody who is not named in the question.</remarks>
internal static class FindHolders
{
    private const int Most = 1000;

    /// <remarks>Subjects: as access tokens name them.</remarks>
    public sealed record Request([property: Required] string Role, [property: Required, MaxLength(Most)] IReadOnlyList<string> Subjects);

    public sealed record Response(IReadOnlyList<string> Subjects);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/holders", Handle).WithName(nameof(FindHolders)).RequireRoles(Roles.Service);

    private static async Task<Ok<Response>> Handle(Request request, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        var people = request.Subjects.Where(s => Guid.TryParse(s, out _)).ToLookup(Guid.Parse);
        var ids = people.Select(p => p.Key).ToList();
        var members = await db.Memberships.Open(time.GetUtcNow().UtcDateTime).Where(m => m.Role == request.Role && ids.Contains(m.PersonId)).Select(m => m.PersonId).Distinct().ToListAsync(stop);

        var clients = request.Subjects.Where(s => s.StartsWith(Tokens.Claims.OfMachine, StringComparison.Ordinal)).ToLookup(s => s[Tokens.Claims.OfMachine.Length..]);
        var names = clients.Select(c => c.Key).ToList();
        var machines = await db.Machines.Where(m => m.Role == request.Role && names.Contains(m.ClientId)).Select(m => m.ClientId).ToListAsync(stop);
        return TypedResults.Ok(new Response([.. members.SelectMany(m => people[m]), .. machines.SelectMany(m => clients[m])]));
    }
}

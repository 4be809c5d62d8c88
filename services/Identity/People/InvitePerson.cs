using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>POST /api/v1/identity/invitations: an administrator makes a link that gives one person one role in an organisation. What the organisation is says Suppliers.</summary>
internal static class InvitePerson
{
    private static readonly TimeSpan Valid = TimeSpan.FromDays(14);

    public sealed record Request(Guid PartyId, [property: Required, OneOf(typeof(PartyKinds), nameof(PartyKinds.All))] string Kind, [property: Required, OneOf(typeof(Roles), nameof(Roles.OfPeople))] string Role);

    /// <summary>The link is shown once; only a hash of it is kept.</summary>
    public sealed record Response(string Link, DateTime ExpiresAt);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/invitations", Handle).WithName(nameof(InvitePerson)).RequireRoles(Roles.Administrator);

    private static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request, Caller caller, SuppliersClient suppliers, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        Person.New("nobody").Join(request.PartyId, request.Kind, request.Role, now); // says now what would be refused when the link is opened
        if (await suppliers.WhyNot(request.PartyId, request.Kind, caller, stop) is { } refusal) return refusal;

        var (link, token) = OneTimeLink.New(request.PartyId, request.Kind, request.Role, now + Valid);
        db.Links.Add(link);
        await db.SaveChangesAsync(stop);
        return TypedResults.Created((string?)null, new Response($"/identity/join?token={token}", link.ExpiresAt));
    }
}

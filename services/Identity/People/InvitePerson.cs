using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.RoleRequests;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>POST /api/v1/identity/invitations: an administrator makes a link that gives one person one role in an organisation. What the organisation is says Suppliers.</summary>
internal static class InvitePerson
{
    public sealed record Request(Guid PartyId, [property: Required, OneOf(typeof(PartyKinds), nameof(PartyKinds.All))] string Kind, [property: Required, OneOf(typeof(Roles), nameof(Roles.OfPeople))] string Role);

    /// <summary>The link is shown once; only a hash of it is kept.</summary>
    public sealed record Response(string Link, DateTime ExpiresAt);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/invitations", Handle).WithName(nameof(InvitePerson)).RequireRoles(Roles.Administrator).RequireFreshSignIn().WhileManaging();

    private static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request, Caller caller, SuppliersClient suppliers, IdentityDb db, IOptions<OrganisationsOptions> options, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        Person.New("nobody").Join(request.PartyId, request.Kind, request.Role, now); // says now what would be refused when the link is opened
        if (request.Role == Roles.Owner) throw OwnerIsAdded();
        if (await suppliers.WhyNot(request.PartyId, request.Kind, caller, stop) is { } refusal) return refusal;
        await FourEyes.MustNotBeNeeded(db, request.Role, now, options.Value, stop);

        var (link, token) = OneTimeLink.New(request.PartyId, request.Kind, request.Role, now.AddDays(options.Value.InvitationDays));
        db.Links.Add(link);
        db.AuditAlsoOf(request.PartyId);
        db.AuditAbout($"{request.PartyId}", $"{link.Id}", link.Role);
        await db.SaveChangesAsync(stop);
        return TypedResults.Created((string?)null, new Response($"/identity/join?token={token}", link.ExpiresAt));
    }

    /// <summary>The first member owns the organisation; every other owner is a member first.</summary>
    public static BrokenRuleException OwnerIsAdded() => new("owner-is-added", "Nobody is invited as an owner. The first member of an organisation owns it; make another member an owner when there is one.");
}

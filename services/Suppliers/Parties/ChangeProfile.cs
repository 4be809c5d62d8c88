using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Parties;

/// <summary>PUT /api/v1/suppliers/mine/profile: a supplier says who it is. The contact is a role, never a person.</summary>
internal static class ChangeProfile
{
    /// <remarks>All four every time, null for what is not known: a field that was forgotten must not take away what was said before.</remarks>
    public sealed record Request(
        [property: JsonRequired, Required, StringLength(300, MinimumLength = 1)] string LegalName, [property: JsonRequired, StringLength(100)] string? RegistrationNumber,
        [property: JsonRequired, StringLength(100)] string? ContactRole, [property: JsonRequired] bool? EmployerHousing);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/mine/profile", Handle).WithName(nameof(ChangeProfile)).WithIfMatch().WithIdempotencyKey<SuppliersDb>().RequireRoles(Roles.SupplierUser);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(Request request, Caller caller, SuppliersDb db, CancellationToken stop)
    {
        var party = await db.Parties.SingleOrDefaultAsync(p => p.Id == new PartyId(caller.Party), stop);
        if (party is null) return TypedResults.NotFound();

        // The sentence says nothing of what was found: a problem is no place for a name.
        if (ContactRoles.PointsToPerson(request.ContactRole, party.Name))
            return Problems.Bad("person-in-contact", "Give the role, not the person: who answers questions, for instance Human resources. Leave out names, phone numbers, e-mail addresses and identity numbers.");

        caller.MustHaveRead(party.Version);
        party.ChangeProfile(request.LegalName.Trim(), request.RegistrationNumber?.Trim(), request.ContactRole?.Trim(), request.EmployerHousing);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

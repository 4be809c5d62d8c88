using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Suppliers.Imports;
using Recruitment.Suppliers.Sites;

namespace Recruitment.Suppliers.Parties;

/// <summary>PUT /api/v1/suppliers/parties/{id}: the operator registers an organisation under an id of his choice, or corrects it. Twice is once.
/// A correction names the version that was read. The owner stays as it is unless the request says another, or null for none.</summary>
/// <remarks>Who owns whom decides who may read a case and to whom released worker voice is shown: a form sent again must not take it away.</remarks>
internal static class RegisterParty
{
    private static readonly string[] Kinds = [PartyKinds.Brand, PartyKinds.Supplier, PartyKinds.Recruiter, PartyKinds.AuditBody, PartyKinds.Operator];

    public sealed record Request(
        [property: Required, OneOf(typeof(RegisterParty), nameof(Kinds))] string Kind, [property: Required, StringLength(300, MinimumLength = 1)] string Name, [property: Required] string Country)
    {
        public Guid? OwnerPartyId
        {
            get;
            init => (field, SaysOwner) = (value, true);
        }

        /// <summary>Null says that nobody owns it; a request without the field says nothing.</summary>
        [JsonIgnore]
        public bool SaysOwner { get; private init; }
    }

    public sealed record Response(Guid Id, string Kind, string Name, string Country, Guid? OwnerPartyId, int Version);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/parties/{id:guid}", Handle).WithName(nameof(RegisterParty)).WithRequiredIfMatch().RequireRoles(Roles.Administrator, Roles.Service);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid id, Request request, Caller caller, SuppliersDb db, CancellationToken stop)
    {
        if (!Kinds.Contains(request.Kind)) return Problems.Bad("unknown-kind", $"Kind must be one of: {string.Join(", ", Kinds)}.");
        if (Countries.Find(request.Country) is not { } country) return Problems.Bad("unknown-country", Countries.Advice);

        PartyId? owner = request.OwnerPartyId is { } given ? new PartyId(given) : null;
        if (owner is not null && !await db.Parties.AnyAsync(p => p.Id == owner, stop))
            return Problems.Bad("unknown-owner", "The owning organisation is not registered. Register it first.");

        var party = await db.Parties.SingleOrDefaultAsync(p => p.Id == new PartyId(id), stop);
        // An administrator's own organisation is an operator from the day that it was set up, registered or not: as anything else it would have case handlers that it must not have.
        if ((party?.Kind ?? (caller.PartyId == id ? PartyKinds.Operator : request.Kind)) != request.Kind) throw new BrokenRuleException("kind-is-fixed", "An organisation's kind cannot change. Register another one.");

        var read = party?.Version;
        var changed = party?.Describe(request.Name.Trim(), country, request.SaysOwner ? owner : party.OwnerId) ?? true;
        // What says nothing new is the same request sent again and needs no version.
        if (read is { } version && changed) caller.MustSayWhatWasRead(version);
        if (party is null)
        {
            caller.MustNotHaveRead();
            party = Party.Register(new PartyId(id), request.Kind, request.Name.Trim(), country, owner);
            db.Parties.Add(party);
        }
        if (changed)
        {
            // Workers find a recruiter by the name it has now, administrators a supplier that is on no brand's list.
            if (party.Kind is PartyKinds.Recruiter or PartyKinds.Supplier) await NameGram.Rename(db, party.Kind, id, party.Name, stop);
            db.Publish(party.State(db.Epoch));
            await db.SaveChangesAsync(stop);
        }
        return TypedResults.Ok(new Response(id, party.Kind, party.Name, party.Country, party.OwnerId?.Value, party.Version));
    }
}

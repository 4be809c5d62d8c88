using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Platform;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Recruitment.Identity.Clients;

/// <summary>
/// POST /api/v1/identity/clients (owner, administrator): a program of your organisation may ask for tokens, with one role that your organisation gives. Its secret is shown this once; whoever sends
/// public keys gets none, and the program signs what it asks with (private_key_jwt, ES256 or PS256).
/// </summary>
internal static class MakeClient
{
    /// <remarks>PartyId: only an administrator names another organisation than his own. Days: until it expires. Jwks: public keys only, a JSON Web Key Set as text.</remarks>
    public sealed record Request(
        [property: Required, StringLength(100, MinimumLength = 1)] string Name, [property: Required] string Role, [property: Required] IReadOnlyList<string> Scopes, int? Days = null, string? Jwks = null, Guid? PartyId = null);

    public sealed record Response(string ClientId, int Version, string? Secret, DateTime ExpiresAt);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/clients", Handle).WithName(nameof(MakeClient)).RequireRoles(Roles.Owner, Roles.Administrator).RequireFreshSignIn(ofPeopleAlone: true).WhileManaging()
        .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Handle(
        Request request, Caller caller, SuppliersClient suppliers, IOpenIddictApplicationManager applications, IdentityDb db, IOptions<ClientOptions> options, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var party = request.PartyId ?? caller.Party;
        var kind = party == caller.Party ? caller.Kind : caller.Is(Roles.Administrator) ? (await suppliers.Find(party, stop))?.Kind : null;
        if (kind is null) return Problems.Bad("unknown-party", "No organisation of yours is registered under this id.");
        if (WhyNot(request, kind, options.Value) is { } refusal) return refusal;
        var keys = request.Jwks is null ? null : PublicKeys.Read(request.Jwks);
        if (request.Jwks is not null && keys is null)
            return Problems.Bad("bad-keys", "Send one to five public keys as a JSON Web Key Set: of the curve P-256, or RSA with 2048 bits or more. Never send a private part.");

        var machine = New(request, party, kind, caller.Subject, now, options.Value);
        db.AuditAlsoOf(party);
        db.AuditAbout(machine.ClientId, machine.Role);
        var secret = keys is null ? ClientSecret.New() : null;
        await using (var transaction = await db.Database.BeginTransactionAsync(stop))
        {
            await OneAtATime.Wait(db, $"{nameof(MakeClient)} {party}", stop);
            if (await db.Machines.CountAsync(m => m.PartyId == party && m.CreatedAt != null && m.EndedAt == null && m.ExpiresAt > now, stop) >= options.Value.MostOfOrganisation)
                throw new BrokenRuleException("too-many-clients", $"An organisation has {options.Value.MostOfOrganisation} clients at most. End one that nobody uses first.");
            await applications.CreateAsync(Describe(machine, secret, keys), stop);
            db.Machines.Add(machine);
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }
        var shown = new Response(machine.ClientId, machine.Version, secret, machine.ExpiresAt!.Value);
        return new ShownOnce<Response>(StatusCodes.Status201Created, shown, shown);
    }

    private static ProblemHttpResult? WhyNot(Request request, string kind, ClientOptions options)
    {
        if (!MachineClient.RolesOf(kind).Contains(request.Role))
            return Problems.Bad("role-not-for-programs", $"A program of this organisation can be {string.Join(" or ", MachineClient.RolesOf(kind).DefaultIfEmpty("nothing"))}. What decides about people is done by people.");
        if (request.Scopes.Count == 0 || request.Scopes.Any(s => !MachineScopes.All.Contains(s))) return Problems.Bad("bad-scopes", $"Name at least one of: {string.Join(", ", MachineScopes.All)}.");
        return request.Days is < 1 || request.Days > options.LongestDays ? Problems.Bad("bad-days", $"A client lives 1 to {options.LongestDays} days.") : null;
    }

    private static MachineClient New(Request request, Guid party, string kind, string by, DateTime now, ClientOptions options) => new()
    {
        ClientId = $"client-{RandomId.New():N}", PartyId = party, Kind = kind, Role = request.Role, Name = request.Name, CreatedBy = by, CreatedAt = now,
        Scopes = string.Join(' ', request.Scopes.Distinct().Order(StringComparer.Ordinal)), ExpiresAt = now.AddDays(request.Days ?? options.LongestDays),
    };

    private static OpenIddictApplicationDescriptor Describe(MachineClient machine, string? secret, JsonWebKeySet? keys)
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = machine.ClientId, ClientSecret = secret, ClientType = ClientTypes.Confidential, JsonWebKeySet = keys,
            Permissions = { Permissions.Endpoints.Token, Permissions.Endpoints.Introspection, Permissions.Endpoints.Revocation, Permissions.GrantTypes.ClientCredentials },
        };
        foreach (var scope in machine.Scopes.Split(' ')) client.Permissions.Add(Permissions.Prefixes.Scope + scope);
        return client;
    }
}

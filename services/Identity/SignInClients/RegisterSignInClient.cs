using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using Recruitment.Identity.Claiming;
using Recruitment.Identity.Clients;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Platform;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Recruitment.Identity.SignInClients;

/// <summary>
/// POST /api/v1/identity/sign-in-clients (owner, administrator): people may sign in at a program of your organisation with their account here, each after allowing it. The operator has verified who answers
/// for the organisation. The secret is shown this once; a public one has none.
/// </summary>
internal static class RegisterSignInClient
{
    /// <remarks>RedirectUris: where answers may go, compared exactly; at 127.0.0.1 and [::1] an address without a port stands for every port. PartyId: only an administrator names another organisation than his own.</remarks>
    public sealed record Request(
        [property: Required, StringLength(100, MinimumLength = 1)] string Name, [property: Required, MinLength(1), MaxLength(10)] IReadOnlyList<string> RedirectUris, bool IsPublic = false, Guid? PartyId = null);

    public sealed record Response(string ClientId, int Version, string? Secret);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/sign-in-clients", Handle).WithName(nameof(RegisterSignInClient)).RequireRoles(Managing.By).RequireFreshSignIn(ofPeopleAlone: true)
        .Produces<Response>(StatusCodes.Status201Created).Produces(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Handle(
        Request request, Caller caller, SuppliersClient suppliers, IOpenIddictApplicationManager applications, IdentityDb db, IOptions<ClientOptions> options, IOptions<PlatformOptions> platform, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var party = request.PartyId ?? caller.Party;
        if (!await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();
        if (ClientName.Read(request.Name) is not { } name) return Problems.Bad("bad-name", "A name is 2 to 60 letters, digits and simple signs, of one script, and does not look like ours.");
        if (WhyNot(request, platform.Value.Issuer) is { } refusal) return refusal;
        if (await NameOf(party, db, suppliers, stop) is not { } organisation) return Problems.Bad("unknown-party", "No organisation of yours is registered under this id.");

        var secret = request.IsPublic ? null : ClientSecret.New();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await OneAtATime.Wait(db, $"{nameof(RegisterSignInClient)} {party}", stop);
        if (await db.SignInClients.CountAsync(c => c.PartyId == party && c.EndedAt == null, stop) >= options.Value.MostOfOrganisation)
            throw new BrokenRuleException("too-many-clients", $"An organisation has {options.Value.MostOfOrganisation} clients at which people sign in at most. End one that nobody uses first.");
        var client = new SignInClient
        {
            ClientId = $"sign-in-{RandomId.New():N}", PartyId = party, Name = name, Organisation = organisation, RedirectUris = string.Join(' ', request.RedirectUris), IsPublic = request.IsPublic, CreatedBy = caller.Subject, CreatedAt = now,
            SubjectKey = await db.SignInClients.Where(c => c.PartyId == party).Select(c => c.SubjectKey).FirstOrDefaultAsync(stop) ?? SignInClient.NewSubjectKey(),
        };
        db.AuditAbout(client.ClientId);
        await applications.CreateAsync(Describe(client, request.RedirectUris, secret), stop);
        db.SignInClients.Add(client);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        var shown = new Response(client.ClientId, client.Version, secret);
        return new ShownOnce<Response>(StatusCodes.Status201Created, shown, shown);
    }

    private static ProblemHttpResult? WhyNot(Request request, string issuer)
    {
        if (request.RedirectUris.Distinct().Count() != request.RedirectUris.Count || request.RedirectUris.Any(a => a is null || !RedirectAddress.IsGood(a, issuer))) return Problems.Bad("bad-redirect", RedirectAddress.Rule);
        return !request.IsPublic && request.RedirectUris.Any(a => RedirectAddress.IsOfOwnMachine(new(a)))
            ? Problems.Bad("public-on-own-machine", "A program on the reader's own machine cannot keep a secret. Register it as public.") : null;
    }

    /// <summary>Null of an organisation that nobody knows. The operator is said to be what it is, and needs no name here.</summary>
    private static async Task<string?> NameOf(Guid party, IdentityDb db, SuppliersClient suppliers, CancellationToken stop)
    {
        if (await Managing.KindOf(db, party, stop) == PartyKinds.Operator) return "";
        // People read this name and trust it: whoever merely says to be an organisation does not ask them in its name.
        if (!await db.Claims.AnyAsync(c => c.PartyId == party && c.State == PartyClaim.Verified, stop))
            throw new BrokenRuleException("organisation-not-verified", "The operator has not verified yet who answers for this organisation. Ask for that first.");
        return (await suppliers.Find(party, stop))?.Name;
    }

    /// <summary>Who somebody is and nothing else: no scope of a service, no refresh token.</summary>
    private static OpenIddictApplicationDescriptor Describe(SignInClient client, IReadOnlyList<string> addresses, string? secret)
    {
        var described = new OpenIddictApplicationDescriptor
        {
            ClientId = client.ClientId, ClientSecret = secret, ClientType = client.IsPublic ? ClientTypes.Public : ClientTypes.Confidential, ConsentType = ConsentTypes.Explicit,
            ApplicationType = addresses.Any(a => RedirectAddress.IsOfOwnMachine(new(a))) ? ApplicationTypes.Native : ApplicationTypes.Web,
            Permissions = { Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code, Permissions.Scopes.Profile, Permissions.Scopes.Email },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        foreach (var address in addresses) described.RedirectUris.Add(new Uri(address));
        return described;
    }
}

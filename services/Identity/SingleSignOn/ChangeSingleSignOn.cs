using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.SingleSignOn;

/// <summary>PUT /api/v1/identity/single-sign-on: an owner names the organisation's own OpenID Connect provider. It is asked for its metadata before anything is saved.</summary>
internal static class ChangeSingleSignOn
{
    /// <remarks>
    /// ClientSecret: of the client that the organisation made for us there; null keeps the one that is here. EmailClaim: default email. GroupsClaim: null when groups give nobody a role.
    /// JustInTime: people of the proved domains who are not here yet get an account at their first sign-in. Forced: they sign in in no other way; owners still can.
    /// </remarks>
    public sealed record Request(
        [property: Required, StringLength(500)] string Issuer, [property: Required, StringLength(200)] string ClientId, [property: StringLength(1000)] string? ClientSecret,
        [property: StringLength(100)] string? EmailClaim, [property: StringLength(100)] string? GroupsClaim, bool JustInTime, bool Forced);

    public sealed record Response(int Version);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/single-sign-on", Handle).WithName(nameof(ChangeSingleSignOn)).RequireRoles(Roles.Owner).RequireFreshSignIn(ofPeopleAlone: true).WhileManaging().WithIfMatch();

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, Caller caller, IdentityDb db, ProviderMetadata providers, Secrets secrets, CancellationToken stop)
    {
        if (!providers.MayBeNamed(request.Issuer)) return Problems.Bad("bad-issuer", "Give the issuer of your provider: an https address that can be reached from the Internet, as its metadata writes it.");
        var provider = await db.Providers.SingleOrDefaultAsync(p => p.PartyId == caller.Party, stop);
        caller.MustHaveRead(provider?.Version ?? 0);
        if (request.ClientSecret is null && provider?.Issuer != request.Issuer) return Problems.Bad("secret-missing", "Give the client's secret: the one that is here belongs to another provider, or there is none.");
        if (request.Forced && !await db.EmailDomains.AnyAsync(d => d.PartyId == caller.Party && d.ProvedDomain != null, stop))
            throw new BrokenRuleException("no-domain-proved", "Prove a domain first: until then nobody could sign in there.");
        try
        {
            await providers.Of(request.Issuer, anew: true, stop);
        }
        catch (ProviderFailedException failed)
        {
            return Problems.Bad("provider-not-usable", $"{failed.Message} Nothing was saved.");
        }

        await using var together = await db.Database.BeginTransactionAsync(stop);
        // Another provider counts its people in its own way: number 7 there is not number 7 here.
        if (provider is not null && provider.Issuer != request.Issuer) await db.Logins.Where(l => l.LoginProvider == provider.Id.ToString()).ExecuteDeleteAsync(stop);
        if (provider is null) db.Providers.Add(provider = OrganisationProvider.New(caller.Party));
        provider.Change(request.Issuer, request.ClientId, request.EmailClaim is { Length: > 0 } claim ? claim : "email", request.GroupsClaim ?? "", request.JustInTime, request.Forced);
        if (request.ClientSecret is { } secret) provider.Seal(secret, secrets.GetKey(OrganisationProvider.Secret));
        await db.SaveChangesAsync(stop);
        await together.CommitAsync(stop);
        return TypedResults.Ok(new Response(provider.Version));
    }
}

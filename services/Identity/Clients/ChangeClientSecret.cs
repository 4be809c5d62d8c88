using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Core;
using OpenIddict.EntityFrameworkCore.Models;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.Clients;

/// <summary>POST /api/v1/identity/clients/{client}/secret (owner, administrator): a new secret, shown this once. The old one opens until the moment given, so that the program can be changed meanwhile; given none, it ends now.</summary>
internal static class ChangeClientSecret
{
    public sealed record Request(DateTime? OldSecretUntil = null);

    public sealed record Response(int Version, string Secret, DateTime OldSecretUntil);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/clients/{client}/secret", Handle).WithName(nameof(ChangeClientSecret)).RequireRoles(Roles.Owner, Roles.Administrator).RequireFreshSignIn(ofPeopleAlone: true).WhileManaging().WithIfMatch()
        .Produces<Response>().Produces(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Handle(
        string client, Request request, Caller caller, OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication> applications, IdentityDb db, IOptions<ClientOptions> options, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var until = request.OldSecretUntil?.ToUniversalTime() ?? now;
        if (until > now.AddHours(options.Value.LongestGraceHours)) return Problems.Bad("grace-too-long", $"The old secret goes on for {options.Value.LongestGraceHours} hours at most.");
        if (await db.Machines.Of(caller).SingleOrDefaultAsync(m => m.ClientId == client, stop) is not { } machine) return TypedResults.NotFound();
        db.AuditAlsoOf(machine.PartyId!.Value);

        caller.MustHaveRead(machine.Version);
        machine.ChangeSecret(until < now ? now : until, now);
        var application = await applications.FindByClientIdAsync(client, stop);
        if (application?.ClientSecret is not { } before) throw new BrokenRuleException("client-has-keys", "This client signs with keys of its own and has no secret. Make another client for other keys.");
        var secret = ClientSecret.New();
        application.ClientSecret = ClientSecret.Hash(secret, before, machine.OldSecretUntil!.Value);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await applications.UpdateAsync(application, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        var shown = new Response(machine.Version, secret, machine.OldSecretUntil.Value);
        return new ShownOnce<Response>(StatusCodes.Status200OK, shown, shown);
    }
}

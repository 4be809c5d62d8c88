using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Recruitment.Identity.People;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Recruitment.Identity.Tokens;

/// <summary>Introspection says of a token that it is not active as soon as whoever it speaks for may do nothing any more: a person without a membership, a machine that ended, whatever the token itself still says.</summary>
internal sealed class SayWhetherItStillActs(IdentityDb db, TimeProvider time) : IOpenIddictServerHandler<ValidateIntrospectionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateIntrospectionRequestContext>()
        .UseScopedHandler<SayWhetherItStillActs>().SetOrder(OpenIddictServerHandlers.Introspection.ValidateAuthorizedParty.Descriptor.Order + 1).SetType(OpenIddictServerHandlerType.Custom).Build();

    public async ValueTask HandleAsync(ValidateIntrospectionRequestContext context)
    {
        // The library answers {"active": false} to this error, as the standard has it.
        if (!await Acts(context.GenericTokenPrincipal?.FindFirstValue(OpenIddictConstants.Claims.Subject) ?? "", context.CancellationToken)) context.Reject(OpenIddictConstants.Errors.InvalidToken);
    }

    private async Task<bool> Acts(string subject, CancellationToken stop)
    {
        if (Guid.TryParse(subject, out var person)) return await db.Memberships.Open(time.GetUtcNow().UtcDateTime).AnyAsync(m => m.PersonId == person, stop);
        if (!subject.StartsWith(Claims.OfMachine, StringComparison.Ordinal)) return false;
        var machine = await db.Machines.AsNoTracking().SingleOrDefaultAsync(m => m.ClientId == subject.Substring(Claims.OfMachine.Length), stop);
        return machine?.MayAct(time.GetUtcNow().UtcDateTime) ?? false;
    }
}

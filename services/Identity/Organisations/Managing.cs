using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Identity.Tokens;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>Who says who belongs to an organisation: its owners, and the administrators of the operator. To everybody else it does not exist.</summary>
internal static class Managing
{
    /// <summary>The roles that may ask; which organisation is theirs is asked next.</summary>
    public static readonly string[] By = [Roles.Owner, Roles.Administrator];

    /// <remarks>Looked up and not believed: in the minute that a token outlives its role, somebody could make a lasting way back in.</remarks>
    public static async Task<bool> Manages(this Caller caller, Guid party, IdentityDb db, DateTime now, CancellationToken stop)
    {
        var asAdministrator = caller.Is(Roles.Administrator);
        if (!asAdministrator && !(caller.Is(Roles.Owner) && caller.PartyId == party)) return false;
        if (!await db.Memberships.AnyAsync(m => m.PartyId == party, stop) || !await caller.StillManages(party, db, now, stop)) return false;
        // What the operator does to an organisation, that one reads in its own trail.
        db.AuditAlsoOf(party);
        return true;
    }

    private static async Task<bool> StillManages(this Caller caller, Guid party, IdentityDb db, DateTime now, CancellationToken stop)
    {
        // A machine has no membership; when it is ended it gets no token.
        if (caller.PersonId() is not { } person) return caller.Subject.StartsWith(Claims.OfMachine, StringComparison.Ordinal);
        return await db.Memberships.Open(now).AnyAsync(m => m.PersonId == person && (m.Role == Roles.Administrator || (m.Role == Roles.Owner && m.PartyId == party)), stop);
    }

    /// <summary>As <see cref="Manages"/>, for what an owner or an administrator changes of his own organisation: to whoever was one it does not exist any more.</summary>
    public static RouteHandlerBuilder WhileManaging(this RouteHandlerBuilder endpoint) => endpoint.Produces(StatusCodes.Status404NotFound).AddEndpointFilter(async (context, next) =>
    {
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        var caller = services.GetRequiredService<Caller>();
        return await caller.StillManages(caller.Party, services.GetRequiredService<IdentityDb>(), services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, http.RequestAborted)
            ? await next(context)
            : TypedResults.NotFound();
    });

    /// <summary>Null for a machine.</summary>
    public static Guid? PersonId(this Caller caller) => Guid.TryParse(caller.Subject, out var person) ? person : null;

    /// <summary>What only a human being can answer for.</summary>
    public static Guid MustBeAPerson(this Caller caller) =>
        caller.PersonId() ?? throw new BrokenRuleException("people-only", "A person decides this, signed in as herself. A program cannot.");

    /// <summary>What the organisation is, as whoever belongs or belonged to it joined it.</summary>
    public static Task<string> KindOf(IdentityDb db, Guid party, CancellationToken stop) =>
        db.Memberships.Where(m => m.PartyId == party).OrderByDescending(m => m.From).Select(m => m.Kind).FirstAsync(stop);
}

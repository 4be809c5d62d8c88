using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>POST /applications (recruiter): begins a draft on the current version of the standard. One at a time, and not while a status is in force.</summary>
internal static class BeginApplication
{
    // Nested in a slice: a type that is internal by itself is passed over by the validation generator.
    /// <summary>What is applied for: corridors "ORI-DES" in ISO 3166-1 alpha-3, sectors as ISIC sections or divisions.</summary>
    public sealed record Request(
        [property: Required(ErrorMessage = NoCorridor), Length(1, 50, ErrorMessage = NoCorridor)] IReadOnlyList<string> Corridors,
        [property: Required(ErrorMessage = NoSector), Length(1, 30, ErrorMessage = NoSector)] IReadOnlyList<string> Sectors)
    {
        /// <summary>The list elements, which attributes do not reach.</summary>
        public ProblemHttpResult? Wrong() =>
            Corridors.FirstOrDefault(c => c is not { Length: 7 } || c[3] != '-' || !c.Remove(3, 1).All(char.IsAsciiLetterUpper)) is { } corridor
                ? Problems.Bad("bad-corridor", $"\"{corridor}\" is not a corridor. Write origin and destination as three-letter country codes, for instance MMR-THA.")
                : Sectors.FirstOrDefault(s => s is not { Length: > 0 and <= 4 } || !s.All(char.IsAsciiLetterOrDigit)) is { } sector
                    ? Problems.Bad("bad-sector", $"\"{sector}\" is not a sector. Write an ISIC section or division, for instance C10.")
                    : null;
    }

    private const string NoCorridor = "Name at least one corridor, and 50 at most.";
    private const string NoSector = "Name at least one sector, and 30 at most.";

    public sealed record Response(Guid Id, string SchemeCode, string SchemeVersion);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/applications", Handle).WithName(nameof(BeginApplication)).AddEndpointFilter(OneAtATime).WithIdempotencyKey<AccreditationDb>().RequireRoles(Roles.RecruiterUser);

    private static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request scope, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, TimeLimits limits, BusinessClock clock, CancellationToken stop)
    {
        if (caller.Kind != PartyKinds.Recruiter) throw new BrokenRuleException("recruiters-only", "Only a labour recruiter can apply.");
        if (scope.Wrong() is { } wrong) return wrong;
        if (await IsUnderWay(db, caller, stop)) throw UnderWay();
        // Not before it has ended: a newer decision that is taken away must not leave an older one standing.
        var today = limits.TodayOf(clock);
        if (await db.Applications.AnyAsync(a => a.RecruiterPartyId == caller.Party && (a.State == State.Granted || a.State == State.Suspended) && a.ValidTo >= today, stop))
            throw new BrokenRuleException("status-in-force", "You hold a status that has not ended. You can apply again on the day after its last.");

        var application = Application.Begin(caller.Party, catalogue.Current, scope.Corridors, scope.Sectors, caller.Subject, clock.Now);
        db.Applications.Add(application);
        await db.SaveChangesAsync(stop);
        return TypedResults.Created($"/api/v1/accreditation/applications/{application.Id}", new Response(application.Id, application.SchemeCode, application.SchemeVersion));
    }

    /// <summary>Two at the same moment: the index lets one through, and the other hears what a later one would have heard.</summary>
    private static async ValueTask<object?> OneAtATime(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (DbUpdateException)
        {
            var services = context.HttpContext.RequestServices;
            if (!await IsUnderWay(services.GetRequiredService<AccreditationDb>(), services.GetRequiredService<Caller>(), context.HttpContext.RequestAborted)) throw;
            throw UnderWay();
        }
    }

    private static Task<bool> IsUnderWay(AccreditationDb db, Caller caller, CancellationToken stop) =>
        db.Applications.AnyAsync(a => a.RecruiterPartyId == caller.Party && !States.Settled.Contains(a.State), stop);

    private static BrokenRuleException UnderWay() => new("application-under-way", "There is already an application of yours. Continue that one.");
}

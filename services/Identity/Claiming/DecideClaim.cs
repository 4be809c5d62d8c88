using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Claiming;

/// <summary>POST /api/v1/identity/claims/{party}/decision: the operator verifies who answers for an organisation and says on what basis, or refuses it: then every membership ends and every open link. Administrator.</summary>
internal static class DecideClaim
{
    private static IReadOnlyList<string> Outcomes { get; } = [PartyClaim.Verified, PartyClaim.Refused];

    /// <remarks>Note: about papers, never about a person.</remarks>
    public sealed record Request(
        [property: Required, OneOf(typeof(DecideClaim), nameof(Outcomes))] string Outcome, [property: Required, OneOf(typeof(PartyClaim), nameof(PartyClaim.Bases))] string Basis, [property: StringLength(200)] string? Note);

    public sealed record Response(int Version);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/claims/{party:guid}/decision", Handle).WithName(nameof(DecideClaim)).WithRequiredIfMatch().WithIdempotencyKey<IdentityDb>().RequireRoles(Roles.Administrator).RequireFreshSignIn(ofPeopleAlone: true);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid party, Request request, Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        var members = await db.Memberships.Open(now).Where(m => m.PartyId == party && m.Kind != PartyKinds.Operator).ToListAsync(stop);
        if (members.Count == 0 || !await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();

        var claim = await db.Claims.SingleOrDefaultAsync(c => c.PartyId == party, stop);
        caller.MustSayWhatWasRead(claim?.Version ?? 0);
        var note = request.Note?.Trim() ?? "";
        if (TextScan.In("note", note, [], smallGroupBelow: 0).Any())
            throw new BrokenRuleException("note-names-somebody", "The note seems to hold a name, a date, a number or an address. Write what papers were seen, and nothing about a person.");
        if (claim is null) db.Claims.Add(claim = PartyClaim.Of(party));
        claim.Decide(request.Outcome, request.Basis, note, caller.Subject, now);
        await db.SaveChangesAsync(stop);
        if (request.Outcome == PartyClaim.Refused)
        {
            await Members.End(db, members, now, stop);
            foreach (var link in await db.Links.Where(l => l.PartyId == party && l.UsedAt == null).ToListAsync(stop)) link.Use(now);
            await db.SaveChangesAsync(stop);
        }
        if (together is not null) await together.CommitAsync(stop);
        return TypedResults.Ok(new Response(claim.Version));
    }
}

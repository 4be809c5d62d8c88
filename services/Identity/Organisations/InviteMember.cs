using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;
using Recruitment.Identity.RoleRequests;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>POST /api/v1/identity/organisations/{party}/invitations: an owner makes a link that gives one person one role, for good, or in a supplier or recruiter until a day. Owners of it and administrators.</summary>
/// <remarks>The link is in this answer and nowhere else: under an Idempotency-Key it is made from the key, so that the same request gets the same link and none is kept.</remarks>
internal static class InviteMember
{
    /// <remarks>Email: for whom it is; no other address makes the account. Until: the last day on which the person answers; she is no owner and invites nobody.</remarks>
    public sealed record Request([property: Required, OneOf(typeof(Roles), nameof(Roles.OfPeople))] string Role, [property: EmailAddress, StringLength(254)] string? Email, DateOnly? Until);

    public sealed record Response(Guid Id, string Link, DateTime ExpiresAt);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/organisations/{party:guid}/invitations", Handle).WithName(nameof(InviteMember)).RequireRoles(Managing.By).RequireFreshSignIn();

    private static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> Handle(
        Guid party, Request request, [FromHeader(Name = Idempotency.Header)] string? idempotencyKey, Caller caller, InvitationTokens tokens, IdentityDb db, IOptions<OrganisationsOptions> options, BusinessClock clock, TimeProvider time, CancellationToken stop)
    {
        if (Idempotency.RefusedKey(idempotencyKey) is { } refused) return refused;
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        if (!await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();

        if (request.Role == Roles.Owner) throw InvitePerson.OwnerIsAdded();
        var (kind, until) = (await Managing.KindOf(db, party, stop), EndOf(request.Until, clock, now, options.Value));
        Person.New("nobody").Join(party, kind, request.Role, now, until); // says now what would be refused when the link is opened
        await FourEyes.MustNotBeNeeded(db, request.Role, now, options.Value, stop);

        var token = tokens.For(caller, party, request, idempotencyKey);
        var hash = OneTimeLink.HashOf(token);
        var link = await db.Links.SingleOrDefaultAsync(l => l.TokenHash == hash, stop);
        if (link is null)
        {
            var expires = now.AddDays(options.Value.InvitationDays);
            link = OneTimeLink.Of(token, party, kind, request.Role, request.Email?.Trim(), until < expires ? until.Value : expires, until, isAgreed: false, caller.Subject);
            db.Links.Add(link);
            db.AuditAbout($"{link.Id}", link.Role);
            await db.SaveChangesAsync(stop);
            await together!.CommitAsync(stop);
        }
        return TypedResults.Created((string?)null, new Response(link.Id, $"/identity/join?token={token}", link.ExpiresAt));
    }

    /// <summary>The first moment of the day after.</summary>
    private static DateTime? EndOf(DateOnly? lastDay, BusinessClock clock, DateTime now, OrganisationsOptions options)
    {
        if (lastDay is not { } day) return null;
        var today = clock.DayOf(now);
        if (day < today || day > today.AddDays(options.DelegateDays))
            throw new BrokenRuleException("bad-last-day", FormattableString.Invariant($"The last day must be today or later, and {options.DelegateDays} days from now at most."));
        return clock.BeginOf(day.AddDays(1));
    }
}

/// <summary>Makes the tokens of owners' invitations: random, or for a request with an <c>Idempotency-Key</c> a keyed hash of it, so that the same request gets the same link and no link is kept.</summary>
internal sealed class InvitationTokens(Secrets secrets)
{
    private readonly Lazy<byte[]> secret = new(() => secrets.GetKey("identity-invitations"));

    public static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public string For(Caller caller, Guid party, InviteMember.Request request, string? key) => string.IsNullOrEmpty(key) ? Random() : Convert.ToHexStringLower(HMACSHA256.HashData(secret.Value, Encoding.UTF8.GetBytes($"{caller.Subject}\n{party}\n{request.Role}\n{request.Email}\n{request.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\n{key}")));
}

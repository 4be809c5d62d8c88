using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>POST /webhooks: your organisation is told at this address when something of these kinds happens. The secret in the answer signs every delivery and is shown this once.</summary>
internal static class OpenWebhook
{
    /// <remarks>Url: https, reachable from the Internet. Events: one or more of the kinds that this service tells of.</remarks>
    public sealed record Request(string? Url, IReadOnlyList<string>? Events);

    /// <remarks>Secret: whsec_ and base64; null when the same request was answered before. Lost, it is changed for a new one.</remarks>
    public sealed record Response(Guid Id, int Version, string? Secret);

    public static void Map<TDb>(RouteGroupBuilder group, string service)
        where TDb : ServiceDb =>
        group.MapPost("/", Handle).WithName($"{service}{nameof(OpenWebhook)}").WithIdempotencyKey<TDb>()
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Handle(
        Request request, DatabaseAsked own, Caller caller, WebhookKinds kinds, WebhookClient client, Secrets secrets, TimeProvider time, CancellationToken stop)
    {
        if (request.Url is null || !client.MayBeNamed(request.Url)) return Problems.Bad("bad-url", "Give an https address that can be reached from the Internet, without a sign-in in it.");
        var known = kinds.Of(own.Db);
        if (request.Events is not { Count: > 0 } || request.Events.Any(e => !known.Contains(e))) return Problems.Bad("bad-events", $"Name at least one of: {string.Join(", ", known)}.");
        // Else two at once could each be the last.
        await using var alone = await own.Db.BeginTogether(stop);
        await OneAtATime.Wait(own.Db, $"{nameof(OpenWebhook)} {caller.Party}", stop);
        if (await own.Db.Set<Webhook>().CountAsync(w => w.PartyId == caller.Party && w.EndedAt == null, stop) >= Webhook.MostOpen)
            throw new BrokenRuleException("too-many-webhooks", $"An organisation has {Webhook.MostOpen} webhooks at most. End one first.");

        var (opened, secret) = Webhook.Open(caller.Party, request.Url, request.Events.Distinct(), secrets.GetKey(WebhookRoutes.Secret), time.GetUtcNow().UtcDateTime);
        own.Db.Add(opened);
        await own.Db.SaveChangesAsync(stop);
        if (alone is not null) await alone.CommitAsync(stop);
        var kept = new Response(opened.Id, opened.Version, null);
        return new ShownOnce<Response>(StatusCodes.Status201Created, kept with { Secret = secret }, kept);
    }
}

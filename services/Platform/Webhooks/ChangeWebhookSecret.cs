using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Recruitment.Platform;

/// <summary>POST /webhooks/{id}/secret: a new secret, shown this once. For a day the old one signs along, and the ones before it that still did, so that deliveries stay good while the receiver changes, and when the answer was lost and a new one is asked for again.</summary>
internal static class ChangeWebhookSecret
{
    public sealed record Response(int Version, string Secret, DateTime OldSecretUntil);

    public static void Map(RouteGroupBuilder group, string service) => group.MapPost("/{id:guid}/secret", Handle).WithName($"{service}{nameof(ChangeWebhookSecret)}").WithIfMatch()
        .Produces<Response>().Produces(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Handle(Guid id, DatabaseAsked own, Caller caller, Secrets secrets, TimeProvider time, CancellationToken stop)
    {
        if (await own.Own(id, caller, stop) is not { } webhook) return TypedResults.NotFound();
        caller.MustHaveRead(webhook.Version);
        var secret = webhook.ChangeSecret(secrets.GetKey(WebhookRoutes.Secret), time.GetUtcNow().UtcDateTime);
        await own.Db.SaveChangesAsync(stop);
        var shown = new Response(webhook.Version, secret, webhook.OldSecretUntil!.Value);
        return new ShownOnce<Response>(StatusCodes.Status200OK, shown, shown);
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>POST /webhooks/{id}/deliveries/{delivery}/again: it is delivered again at once, under the same webhook-id, and if it does not arrive tried as often as a new one.</summary>
internal static class DeliverWebhookAgain
{
    public static void Map(RouteGroupBuilder group, string service) => group.MapPost("/{id:guid}/deliveries/{delivery:guid}/again", Handle).WithName($"{service}{nameof(DeliverWebhookAgain)}");

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, Guid delivery, DatabaseAsked own, Caller caller, TimeProvider time, CancellationToken stop)
    {
        if (await own.Own(id, caller, stop) is not { } webhook) return TypedResults.NotFound();
        if (await own.Db.Set<WebhookDelivery>().SingleOrDefaultAsync(d => d.Id == delivery && d.WebhookId == id, stop) is not { } known) return TypedResults.NotFound();
        if (webhook.EndedAt is not null) throw new BrokenRuleException("webhook-ended", "This webhook has ended. Make a new one.");

        (known.State, known.Tries) = (WebhookDelivery.Waiting, 0);
        own.Db.Due(DeliverWebhook<ServiceDb>.Kind, DeliverWebhook<ServiceDb>.SubjectOf(webhook, known), time.GetUtcNow().UtcDateTime);
        await own.Db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

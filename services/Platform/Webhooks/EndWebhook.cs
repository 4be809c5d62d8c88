using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>POST /webhooks/{id}/end: nothing more is delivered, what waits included. Its log stays for 30 days.</summary>
internal static class EndWebhook
{
    public static void Map(RouteGroupBuilder group, string service) => group.MapPost("/{id:guid}/end", Handle).WithName($"{service}{nameof(EndWebhook)}").WithIfMatch();

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, DatabaseAsked own, Caller caller, TimeProvider time, CancellationToken stop)
    {
        if (await own.Own(id, caller, stop) is not { } webhook) return TypedResults.NotFound();
        caller.MustHaveRead(webhook.Version);
        webhook.End(time.GetUtcNow().UtcDateTime);
        await using var together = await own.Db.Database.BeginTransactionAsync(stop);
        await own.Db.SaveChangesAsync(stop);
        await own.Db.Set<WebhookDelivery>().Where(d => d.WebhookId == id && d.State == WebhookDelivery.Waiting).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, WebhookDelivery.GivenUp), stop);
        await together.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>A message of which the bus could make nothing, or which nobody at this queue hears, becomes a dead letter as it came. Throws when it cannot be kept; then the broker still has it.</summary>
internal sealed class KeepWhatNobodyRead(IServiceProvider services, Subscription addressee) : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        await addressee.Keep(services, IdOf(context), context.Body.GetBytes(), context.Exception, context.CancellationToken);
        // Or it would go the other way too, as one that nobody hears.
        await context.NotifyFaulted(context.Exception);
        await next.Send(context);
    }

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var problem = context.TransportHeaders.TryGetHeader(Messaging.DeathReason, out var why)
            ? new BadMessageException(BadMessageException.GivenUp, $"The broker gave it up: {why}.")
            : new BadMessageException(BadMessageException.UnknownType, "It is of a type that nobody hears at this queue.");
        await addressee.Keep(services, IdOf(context), context.Body.GetBytes(), problem, context.CancellationToken);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("keepWhatNobodyRead");

    private static Guid? IdOf(ReceiveContext context) => context.GetMessageId();

    /// <summary>In the database of whoever was to hear it, once for each message id and not when it was handled. While that database is away it is tried again.</summary>
    public static async Task Keep<TDb>(IServiceProvider services, string consumer, Guid? id, byte[] body, Exception problem, CancellationToken stop)
        where TDb : ServiceDb
    {
        for (var pause = 1; ; pause = Math.Min(60, pause * 2))
        {
            try
            {
                await KeepOnce<TDb>(services, consumer, id, body, problem, stop);
                return;
            }
            catch (Exception away) when (Passing.Is(away))
            {
                // Given back at once, it would come back at once, until the broker gives up.
                await Task.Delay(TimeSpan.FromSeconds(pause), stop);
            }
        }
    }

    private static async Task KeepOnce<TDb>(IServiceProvider services, string consumer, Guid? id, byte[] body, Exception problem, CancellationToken stop)
        where TDb : ServiceDb
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        if (id is not null && (await db.DeadLetters.AnyAsync(d => d.MessageId == id && d.Consumer == consumer, stop)
            || await db.Inbox.AnyAsync(m => m.MessageId == id && m.Consumer == consumer, stop))) return;

        db.DeadLetters.Add(DeadLetter.Of(id, consumer, body, asItCame: true, problem, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(stop);
        scope.ServiceProvider.GetRequiredService<MessagingMetrics>().PutDown(consumer, problem);
    }
}

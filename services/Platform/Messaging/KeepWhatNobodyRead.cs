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
            ? new InvalidOperationException($"The broker gave it up: {why}.")
            : new InvalidOperationException("It is of a type that nobody hears at this queue.");
        await addressee.Keep(services, IdOf(context), context.Body.GetBytes(), problem, context.CancellationToken);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("keepWhatNobodyRead");

    private static Guid? IdOf(ReceiveContext context) => context.GetMessageId();

    /// <summary>In the database of whoever was to hear it, once for each message id.</summary>
    public static async Task Keep<TDb>(IServiceProvider services, string consumer, Guid? id, byte[] body, Exception problem, CancellationToken stop)
        where TDb : ServiceDb
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        if (id is not null && await db.DeadLetters.AnyAsync(d => d.MessageId == id && d.Consumer == consumer, stop)) return;

        db.DeadLetters.Add(DeadLetter.Of(id, consumer, body, asItCame: true, problem, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(stop);
    }
}

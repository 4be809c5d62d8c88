using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>A message of which the bus could make nothing, or which nobody at this queue hears, becomes a dead letter as it came. Throws when it cannot be kept; then the broker still has it.</summary>
internal sealed class KeepWhatNobodyRead(IServiceProvider services, Subscription addressee) : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        await Keep(context, context.Exception);
        // Or it would go the other way too, as one that nobody hears.
        await context.NotifyFaulted(context.Exception);
        await next.Send(context);
    }

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var problem = context.TransportHeaders.TryGetHeader(Messaging.DeathReason, out var why)
            ? new BadMessageException(BadMessageException.GivenUp, $"The broker gave it up: {why}.")
            : Envelope.NobodyHears(context.Body.GetBytes());
        await Keep(context, problem);
        await next.Send(context);
    }

    private Task Keep(ReceiveContext context, Exception problem)
    {
        var (id, body) = (IdOf(context), context.Body.GetBytes());
        return addressee.Keep(services, id, now => DeadLetter.Of(id, addressee.Consumer, body, asItCame: true, problem, now), MessagingMetrics.KindOf(problem), context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("keepWhatNobodyRead");

    private static Guid? IdOf(ReceiveContext context) => context.GetMessageId();

    /// <summary>In the database of whoever was to hear it, once for each message id and not when it was handled; to the inbox it is dealt with. While that database is away it is tried again.</summary>
    public static async Task Keep<TDb>(IServiceProvider services, string consumer, Guid? id, Func<DateTime, DeadLetter> letter, string kind, CancellationToken stop)
        where TDb : ServiceDb
    {
        for (var pause = 1; ; pause = Math.Min(60, pause * 2))
        {
            try
            {
                if (await KeepOnce<TDb>(services, consumer, id, letter, stop)) services.GetRequiredService<MessagingMetrics>().PutDown(consumer, kind);
                return;
            }
            catch (Exception away) when (Passing.Is(away))
            {
                // Given back at once, it would come back at once, until the broker gives up.
                await Task.Delay(TimeSpan.FromSeconds(pause), stop);
            }
        }
    }

    private static async Task<bool> KeepOnce<TDb>(IServiceProvider services, string consumer, Guid? id, Func<DateTime, DeadLetter> letter, CancellationToken stop)
        where TDb : ServiceDb
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var isNew = false;
        await services.GetRequiredService<WriteTurn<TDb>>().Take(db, async () =>
        {
            var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            // Marked, it leaves an embedded outbox, and a replica that was given it at the same moment waits here.
            isNew = id is not { } known || (await Ledger.Mark(db, consumer, [known], now, stop)).Count == 1;
            if (!isNew) return;
            // The release before this one kept it without a mark: it is marked now, and not kept twice.
            isNew = id is null || !await db.DeadLetters.AnyAsync(d => d.MessageId == id && d.Consumer == consumer, stop);
            if (isNew) db.DeadLetters.Add(letter(now));
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }, stop);
        return isNew;
    }
}

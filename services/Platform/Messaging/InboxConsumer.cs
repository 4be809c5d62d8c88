using MassTransit;

namespace Recruitment.Platform;

/// <summary>Where the bus hands in what one consumer hears: each message by itself, and so each fails, waits or is done by itself.</summary>
internal sealed class InboxConsumer<TConsumer, TEvent, TDb>(InboxTurns<TConsumer, TEvent, TDb> turns) : IConsumer<TEvent>
    where TConsumer : class, IConsumes<TEvent>
    where TEvent : class
    where TDb : ServiceDb
{
    public Task Consume(ConsumeContext<TEvent> context) => turns.Hear(context);
}

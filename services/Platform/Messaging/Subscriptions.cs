using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Recruitment.Platform;

/// <summary>Hears an event. The caller has opened the transaction and dropped what was heard before; it saves and commits afterwards.</summary>
public interface IConsumes<in TEvent>
{
    Task Consume(TEvent happened, CancellationToken stop);
}

/// <summary>A consumer that keeps what each event says in rows of that event's subject alone, and reads no others: then those of a batch are read and saved at once.</summary>
/// <remarks>The events are the newest of their subjects, each of another. When they cannot be saved together they are heard one after the other.</remarks>
public interface IConsumesMany<in TEvent> : IConsumes<TEvent>
{
    Task Consume(IReadOnlyList<TEvent> happened, CancellationToken stop);

    Task IConsumes<TEvent>.Consume(TEvent happened, CancellationToken stop) => Consume([happened], stop);
}

/// <summary>A consumer that has to ask another service: it does so here, before the transaction, which must not stay open while somebody else thinks.</summary>
/// <remarks>While it throws, the event is asked about again, at first soon and later every minute. Called each time before <see cref="IConsumes{TEvent}.Consume"/>, of the same instance; it changes nothing. What it found may be old by then: the consumer compares.</remarks>
public interface IAsksFirst<in TEvent>
{
    Task Ask(TEvent happened, CancellationToken stop);
}

/// <summary>What had to be asked first was not answered, or no longer fits: the event is heard again, however long that takes. Outside its turn, so that others go on meanwhile.</summary>
public sealed class AskAgainException : Exception
{
    public AskAgainException()
    {
    }

    public AskAgainException(string message)
        : base(message)
    {
    }

    public AskAgainException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>Where a state stands among the states of its subject: newer is (epoch, sequence) greater.</summary>
public readonly record struct StateOf(Guid Subject, int Epoch, long Sequence);

/// <summary>Who hears what in this process. Each service lists its own; the host builds the bus from it.</summary>
public sealed class Subscriptions
{
    private readonly List<Subscription> all = [];

    internal IReadOnlyList<Subscription> All => all;

    internal IEnumerable<Subscription> Of(Type happened) => all.Where(s => s.EventType == happened);

    /// <summary><typeparamref name="TConsumer"/> hears <typeparamref name="TEvent"/> once, newest state wins, in one transaction of <typeparamref name="TDb"/>.</summary>
    public void Add<TConsumer, TEvent, TDb>(Func<TEvent, StateOf> state)
        where TConsumer : class, IConsumes<TEvent>
        where TEvent : class
        where TDb : ServiceDb
    {
        var consumer = typeof(TConsumer).FullName!;
        all.Add(new Subscription(
            consumer,
            typeof(TConsumer),
            typeof(TEvent),
            services =>
            {
                services.AddScoped<TConsumer>();
                services.AddSingleton(new StateReader<TConsumer, TEvent>(state));
                services.TryAddSingleton<WriteTurn<TDb>>();
                services.AddDueWork<TDb, PruneInbox<TDb>>(PruneInbox<TDb>.Kind, always: true);
                services.AddSingleton<Inbox<TConsumer, TEvent, TDb>>();
                services.AddSingleton<InboxTurns<TConsumer, TEvent, TDb>>();
            },
            bus => bus.AddConsumer<InboxConsumer<TConsumer, TEvent, TDb>>().Endpoint(endpoint => endpoint.Name = QueueName(consumer)),
            async (provider, ids, stop) => await provider.GetRequiredService<TDb>().Inbox
                .Where(m => m.Consumer == consumer && ids.Contains(m.MessageId)).Select(m => m.MessageId).ToListAsync(stop),
            (provider, letter, body, by, stop) => provider.GetRequiredService<Inbox<TConsumer, TEvent, TDb>>().HearAgain(letter, body, by, stop),
            (provider, id, letter, kind, stop) => KeepWhatNobodyRead.Keep<TDb>(provider, consumer, id, letter, kind, stop)));
    }

    /// <summary>recruitment-risk-sites-link-exposure-when-recruiter-declared: the whole name, so that two services can never share a queue.</summary>
    internal static string QueueName(string consumer) => KebabCaseEndpointNameFormatter.Instance.SanitizeName(consumer.Replace('.', '-'));
}

internal sealed record Subscription(
    string Consumer,
    Type ConsumerType,
    Type EventType,
    Action<IServiceCollection> Register,
    Action<IBusRegistrationConfigurator> Connect,
    Func<IServiceProvider, IReadOnlyList<Guid>, CancellationToken, Task<List<Guid>>> Handled,
    Func<IServiceProvider, Guid, byte[], string, CancellationToken, Task> HearAgain,
    Func<IServiceProvider, Guid?, Func<DateTime, DeadLetter>, string, CancellationToken, Task> Keep)
{
    public string Queue => Subscriptions.QueueName(Consumer);

    /// <summary>Where the broker puts what it gives up; the service hears that too, and keeps it.</summary>
    public string DeadQueue => $"{Queue}-dead";
}

internal sealed record StateReader<TConsumer, TEvent>(Func<TEvent, StateOf> Read);

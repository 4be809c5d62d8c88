using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Recruitment.Platform;

/// <summary>In memory when nothing is said; RabbitMQ when <c>ConnectionStrings:rabbitmq</c> is given.</summary>
internal sealed record BusKind(bool InMemory, int Services)
{
    /// <summary>One service in a process of its own, or the web, or Identity, which hear and publish nothing.</summary>
    public bool IsAlone => Services <= 1;

    /// <summary>In memory a service alone tells nobody and hears nobody, and what it published would be gone; as a sentence.</summary>
    public string? WhyNot => InMemory && Services == 1 ? "ConnectionStrings:rabbitmq is missing: this service runs alone, and nobody else would hear what it publishes. Give it, or start the program that has all services in it." : null;
}

/// <summary>Settings under <c>Messaging</c>.</summary>
public sealed class MessagingOptions
{
    /// <summary>So many messages of a queue are held at once. Default: 100; at least 1, at most 1,000.</summary>
    public int Prefetch { get; set; } = 100;
}

/// <summary>One bus per process, built from what its services listed.</summary>
public static class Messaging
{
    /// <summary>Growing to a minute, and then every minute for a week: a broker takes a message back from whoever holds it longer than its own limit, and it begins anew.</summary>
    private static IEnumerable<TimeSpan> UntilAnswered =>
        new[] { 0.05, 0.2, 1, 5, 10, 20, 40 }.Select(TimeSpan.FromSeconds).Concat(Enumerable.Repeat(TimeSpan.FromMinutes(1), 7 * 24 * 60));

    /// <summary>Why the broker put a message where it puts what it gives up.</summary>
    public const string DeathReason = "x-first-death-reason";

    /// <summary>
    /// So often a message may come back to its queue: once for each crash of whoever holds it and, while another service is away, for each time the broker's own limit
    /// (half an hour) runs out. After two days of either the broker gives it up, and it becomes a dead letter.
    /// </summary>
    internal const int Deliveries = 100;

    /// <summary>RabbitMQ takes no longer message, whatever it is set to.</summary>
    private const uint BrokersLongest = 512 << 20;

    public static void AddMessaging(this IHostApplicationBuilder builder, params Action<Subscriptions>[] services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var subscriptions = new Subscriptions();
        foreach (var list in services) list(subscriptions);

        builder.AddOwnOptions<MessagingOptions>("Messaging").Validate(o => o.Prefetch is >= 1 and <= 1_000, "Messaging:Prefetch must be 1 to 1000.").ValidateOnStart();
        var prefetch = Math.Max(1, builder.Configuration.GetValue("Messaging:Prefetch", new MessagingOptions().Prefetch));
        var broker = builder.Configuration.GetConnectionString("rabbitmq");
        builder.Services.AddSingleton(subscriptions);
        builder.Services.AddSingleton<MessagingMetrics>();
        builder.Services.AddSingleton<HearLetterAgain>();
        builder.Services.AddSingleton(new BusKind(InMemory: string.IsNullOrEmpty(broker), services.Length));
        foreach (var subscription in subscriptions.All) subscription.Register(builder.Services);

        builder.Services.AddMassTransit(bus =>
        {
            // On by default, it tells the library's makers what runs here.
            bus.DisableUsageTelemetry();
            foreach (var subscription in subscriptions.All) subscription.Connect(bus);
            bus.AddConfigureEndpointsCallback((context, queue, endpoint) =>
            {
                // A service or a database that is away for an hour must not cost an event. Each message waits for itself, and for other failures as often as the inbox says.
                endpoint.UseMessageRetry(retry =>
                {
                    retry.Handle<AskAgainException>();
                    retry.Intervals([.. UntilAnswered]);
                });
                var subscription = subscriptions.All.Single(s => s.Queue == queue);
                Keep(endpoint, context, subscription);
                endpoint.PrefetchCount = prefetch;
                endpoint.ConcurrentMessageLimit = prefetch;
                // Per endpoint: on the bus itself it would make the temporary bus queue a quorum queue too.
                if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
                {
                    rabbit.SetQuorumQueue();
                    rabbit.SetQueueArgument("x-delivery-limit", Deliveries);
                    rabbit.SetQueueArgument("x-dead-letter-exchange", subscription.DeadQueue);
                }
            });
            if (string.IsNullOrEmpty(broker))
            {
                bus.UsingInMemory((context, configure) => configure.ConfigureEndpoints(context));
            }
            else
            {
                bus.UsingRabbitMq((context, configure) =>
                {
                    // What the broker has taken can be read, if only to be refused: over its own limit the library cuts the connection, again and again.
                    configure.Host(new Uri(broker), host => host.MaxMessageSize(BrokersLongest));
                    foreach (var subscription in subscriptions.All)
                    {
                        configure.ReceiveEndpoint(subscription.DeadQueue, endpoint =>
                        {
                            endpoint.ConfigureConsumeTopology = false;
                            endpoint.SetQuorumQueue();
                            Keep(endpoint, context, subscription);
                        });
                    }
                    configure.ConfigureEndpoints(context);
                });
            }
        });
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = string.IsNullOrEmpty(broker));
    }

    /// <summary>Instead of queues beside each queue, which nobody looks into.</summary>
    private static void Keep(IReceiveEndpointConfigurator endpoint, IServiceProvider services, Subscription addressee)
    {
        var keep = new KeepWhatNobodyRead(services, addressee);
        endpoint.ConfigureReceive(pipe => pipe.UseFilter(new RefuseTooLong(services, addressee)));
        endpoint.ConfigureError(pipe => pipe.UseFilter(keep));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(keep));
    }
}

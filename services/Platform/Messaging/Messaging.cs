using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Recruitment.Platform;

/// <summary>In memory when nothing is said; RabbitMQ when <c>ConnectionStrings:rabbitmq</c> is given.</summary>
internal sealed record BusKind(bool InMemory);

/// <summary>One bus per process, built from what its services listed.</summary>
public static class Messaging
{
    public static void AddMessaging(this IHostApplicationBuilder builder, params Action<Subscriptions>[] services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var subscriptions = new Subscriptions();
        foreach (var list in services) list(subscriptions);

        var broker = builder.Configuration.GetConnectionString("rabbitmq");
        builder.Services.AddSingleton(subscriptions);
        builder.Services.AddSingleton(new BusKind(InMemory: string.IsNullOrEmpty(broker)));
        foreach (var subscription in subscriptions.All) subscription.Register(builder.Services);

        builder.Services.AddMassTransit(bus =>
        {
            // On by default, it tells the library's makers what runs here. Nothing here calls the Internet.
            bus.DisableUsageTelemetry();
            foreach (var subscription in subscriptions.All) subscription.Connect(bus);
            bus.AddConfigureEndpointsCallback((_, endpoint) =>
            {
                endpoint.UseMessageRetry(retry => retry.Intervals(50, 200, 1000, 5000));
                // Per endpoint: on the bus itself it would make the temporary bus queue a quorum queue too.
                if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit) rabbit.SetQuorumQueue();
            });
            if (string.IsNullOrEmpty(broker))
            {
                bus.UsingInMemory((context, configure) => configure.ConfigureEndpoints(context));
            }
            else
            {
                bus.UsingRabbitMq((context, configure) =>
                {
                    configure.Host(new Uri(broker));
                    configure.ConfigureEndpoints(context);
                });
            }
        });
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = string.IsNullOrEmpty(broker));
    }
}

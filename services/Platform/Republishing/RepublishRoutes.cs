using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Recruitment.Platform;

/// <summary>What every service that publishes answers about publishing it all again.</summary>
public static class RepublishRoutes
{
    /// <summary>The states of this service; it publishes them again on demand and after a restore.</summary>
    public static void AddPublications<TDb>(this IHostApplicationBuilder builder, Publications<TDb> publications)
        where TDb : ServiceDb
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(publications);
        builder.Services.AddHostedService<RepublishStates<TDb>>();
    }

    /// <summary>Maps <c>/republish</c> below a service's own address; the service's name makes the names of its two answers unique in a process of several.</summary>
    public static void MapRepublish<TDb>(this RouteGroupBuilder group, string service)
        where TDb : ServiceDb
    {
        var republish = group.MapGroup("/republish").WithMetadata(new DatabaseOfAddress(provider => provider.GetRequiredService<TDb>()));
        BeginRepublish.Map(republish, service);
        GetRepublish.Map(republish, service);
    }
}

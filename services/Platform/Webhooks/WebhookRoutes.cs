using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Recruitment.Platform;

/// <summary>What a service with outgoing webhooks answers about them.</summary>
public static class WebhookRoutes
{
    /// <summary>The secret under which the webhooks' own secrets are sealed.</summary>
    internal const string Secret = "webhooks";

    /// <summary>For a service that tells organisations of these kinds of events; its model must <see cref="Webhooks.KeepWebhooks"/> and <see cref="Marks.KeepMarks"/>, keep due work and answers.</summary>
    public static void AddWebhooks<TDb>(this IHostApplicationBuilder builder, params string[] kinds)
        where TDb : ServiceDb
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddStrangersAddresses();
        services.TryAddSingleton<WebhookClient>();
        services.TryAddSingleton<WebhookKinds>();
        services.AddMarkedSecret<TDb>(Secret, (db, stop) => db.Set<Webhook>().AnyAsync(w => w.EndedAt == null, stop));
        services.AddSingleton(new WebhookKinds.OfDatabase(typeof(TDb), kinds));
        services.AddDueWork<TDb, DeliverWebhook<TDb>>(DeliverWebhook<TDb>.Kind, atOnce: DeliverWebhook<TDb>.AtOnce, lanes: DeliverWebhook<TDb>.Lanes);
        services.AddDueWork<TDb, ForgetDeliveries<TDb>>(ForgetDeliveries<TDb>.Kind, always: true);
    }

    /// <summary>Maps <c>/webhooks</c> below a service's own address, for people and programs with one of these roles, each for their own organisation.</summary>
    public static void MapWebhooks<TDb>(this RouteGroupBuilder group, string service, params string[] roles)
        where TDb : ServiceDb
    {
        var webhooks = group.MapGroup("/webhooks").WithMetadata(new DatabaseOfAddress(provider => provider.GetRequiredService<TDb>())).RequireRoles(roles);
        OpenWebhook.Map<TDb>(webhooks, service);
        ListWebhooks.Map(webhooks, service);
        EndWebhook.Map(webhooks, service);
        ChangeWebhookSecret.Map(webhooks, service);
        ListWebhookDeliveries.Map(webhooks, service);
        DeliverWebhookAgain.Map(webhooks, service);
    }

    /// <summary>Another organisation's is not there.</summary>
    internal static Task<Webhook?> Own(this DatabaseAsked own, Guid id, Caller caller, CancellationToken stop) =>
        own.Db.Set<Webhook>().SingleOrDefaultAsync(w => w.Id == id && w.PartyId == caller.Party, stop);
}

using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Testing;

/// <summary>What left the service: sent events as the bus saw them, then those still in the outbox.</summary>
internal sealed class PublishedEvents : IPublishObserver
{
    private readonly ConcurrentDictionary<Guid, (Type Type, string Body)> sent = new();

    public async Task<IReadOnlyList<string>> Of(Type type, ServiceDb db)
    {
        // Outbox first: a row that leaves between the two looks is then in the second.
        var waiting = await db.Outbox.AsNoTracking().Where(m => m.Type == type.FullName).ToListAsync();
        var all = sent.Where(s => s.Value.Type == type).ToDictionary(s => s.Key, s => s.Value.Body);
        foreach (var row in waiting) all.TryAdd(row.Id, row.Body);
        return [.. all.OrderBy(s => s.Key).Select(s => s.Value)];
    }

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class
    {
        sent[context.MessageId ?? Guid.Empty] = (typeof(T), JsonSerializer.Serialize(context.Message));
        return Task.CompletedTask;
    }

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;
}

using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Recruitment.Testing;

/// <summary>What an operator's collector would be sent: every export as it came over the wire, in which names and addresses are plain text.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentBag<(string Path, string Body)> received = [];
    private readonly Stream? kept;

    private OtlpReceiver(WebApplication app, Stream? kept) => (this.app, this.kept) = (app, kept);

    /// <summary>Makes a host send here, soon.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = app.Urls.First(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200", ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
    };

    /// <param name="keptIn">A file for everything, in place of memory: for what runs so long that it would fill it.</param>
    public static async Task<OtlpReceiver> Start(string? keptIn = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new OtlpReceiver(app, keptIn is null ? null : Stream.Synchronized(new FileStream(keptIn, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)));
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (receiver.kept is { } file) file.Write(body.GetBuffer(), 0, (int)body.Length);
            else receiver.received.Add((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Everything received, when figures and traces both have told of this route: whatever happened before has then been told too.</summary>
    /// <remarks>It is asked for again and again: on a busy machine an exporter drops what it could not send in time.</remarks>
    public async Task<string> AllOnceTold(string route, HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        await Wait.Until(async () =>
        {
            using var asked = await client.GetAsync(new Uri(route, UriKind.Relative));
            return Told("/v1/metrics", route) && Told("/v1/traces", route);
        }, $"the collector never heard of {route}");
        return string.Concat(received.Select(r => r.Body));
    }

    private bool Told(string path, string route) => received.Any(r => r.Path == path && r.Body.Contains(route, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        if (kept is not null) await kept.DisposeAsync();
    }
}

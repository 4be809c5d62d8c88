using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Recruitment.Testing;

/// <summary>One delivery as it came.</summary>
public sealed record WebhookHeard(string Path, string Id, string Timestamp, string Signature, string Body, IReadOnlyList<string> Headers);

/// <summary>Somebody else's program that is told: answers by its path.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebhookReceiver(WebApplication app) => this.app = app;

    public ConcurrentQueue<WebhookHeard> Heard { get; } = new();

    /// <summary>What /status answers now.</summary>
    public int Status { get; set; } = 200;

    public string Address => app.Urls.Single();

    public int Port => new Uri(Address).Port;

    /// <summary>Opens a webhook of a service as that client, to this receiver.</summary>
    public async Task Open(HttpClient client, string service, params string[] events)
    {
        using var opened = await client.PostAsJsonAsync($"/api/v1/{service}/webhooks", new { url = $"{Address}/", events });
        if (opened.StatusCode != HttpStatusCode.Created) throw new InvalidOperationException($"No webhook was opened: {opened.StatusCode}");
    }

    public static async Task<WebhookReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var receiver = new WebhookReceiver(builder.Build());
        receiver.app.Run(receiver.Hear);
        await receiver.app.StartAsync();
        return receiver;
    }

    private async Task Hear(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers;
        Heard.Enqueue(new(context.Request.Path, headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(), await body.ReadToEndAsync(), [.. headers.Keys]));
        switch (context.Request.Path)
        {
            case "/redirect":
                context.Response.StatusCode = (int)HttpStatusCode.TemporaryRedirect;
                context.Response.Headers.Location = "/inside";
                break;
            case "/gone":
                context.Response.StatusCode = (int)HttpStatusCode.Gone;
                break;
            case "/flood":
                while (!context.RequestAborted.IsCancellationRequested) await context.Response.WriteAsync(new string('x', 65536), context.RequestAborted);
                break;
            case "/hangs":
                await Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            default:
                context.Response.StatusCode = Status;
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
    }
}

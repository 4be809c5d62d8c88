using System.Net.Http.Headers;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;

namespace Recruitment.Testing;

/// <summary>One service, started as its own process would, on a throwaway database: SQLite and an in-memory bus, or PostgreSQL and RabbitMQ when TEST_POSTGRES and TEST_RABBITMQ are set.</summary>
public sealed class ServiceHost<TProgram> : IAsyncDisposable
    where TProgram : class
{
    private readonly TestIssuer issuer;
    private readonly WebApplicationFactory<TProgram> factory;

    private ServiceHost(TestIssuer issuer, WebApplicationFactory<TProgram> factory, string folder)
    {
        this.issuer = issuer;
        this.factory = factory;
        DataFolder = folder;
    }

    public IServiceProvider Services => factory.Services;

    public TestIssuer Issuer => issuer;

    public string DataFolder { get; }

    /// <param name="service">Its name: the database's and the connection string's.</param>
    /// <param name="settings">More settings, for instance Mode.</param>
    /// <param name="services">Replaces what the test must hold: the clock, other people's servers.</param>
    public static async Task<ServiceHost<TProgram>> Start(
        string service, IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? services = null)
    {
        var issuer = await TestIssuer.Start();
        var folder = Directory.CreateTempSubdirectory($"recruitment-{service}-").FullName;
        var all = new Dictionary<string, string>
        {
            ["Mode"] = "demonstration",
            ["DataFolder"] = folder,
            ["Issuer"] = issuer.Address,
            ["urls"] = "http://localhost",
            ["Logging:Console:LogLevel:Default"] = "Warning", // what a failed run prints is then read, not searched
        };
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } postgres)
        {
            all[$"ConnectionStrings:{service}"] = $"{postgres};Database=test_{service}_{Guid.CreateVersion7():N};Maximum Pool Size=10";
            // The servers' administrator would see past every policy.
            if (HasPolicies(service))
            {
                var accounts = new Accounts(Path.Combine(folder, "accounts"), $"t{Guid.CreateVersion7().ToString("N")[20..]}_");
                await accounts.MakeDatabases(postgres, only: service);
                all[$"ConnectionStrings:{service}"] = $"{accounts.Database(postgres, service)};Maximum Pool Size=10";
                all[$"ConnectionStrings:{service}-migrator"] = accounts.Migrator(postgres, service);
            }
        }
        if (Environment.GetEnvironmentVariable("TEST_RABBITMQ") is { Length: > 0 } rabbit)
            all["ConnectionStrings:rabbitmq"] = await RabbitVirtualHost.Make(rabbit);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) all[name] = value;

#pragma warning disable CA2000 // Disposed with the host.
        var factory = new WebApplicationFactory<TProgram>().WithWebHostBuilder(web =>
        {
            foreach (var (name, value) in all) web.UseSetting(name, value);
            web.ConfigureServices(registered =>
            {
                registered.AddSingleton<PublishedEvents>();
                registered.AddPublishObserver(provider => provider.GetRequiredService<PublishedEvents>());
                services?.Invoke(registered);
            });
        });
#pragma warning restore CA2000
        await factory.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30)); // starts it
        return new(issuer, factory, folder);
    }

    private static bool HasPolicies(string service) => service is "suppliers" or "accreditation" or "reports" or "risk";

    /// <summary>A client that acts for one organisation with one role: of somebody who signed in just now, unless a test says how long ago.</summary>
    public HttpClient Client(string role, Guid? party = null, string kind = "", string? subject = null, TimeSpan? provedAgo = null, string how = "pwd otp")
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", issuer.Token([role], party, kind, subject ?? $"{role}:{party}", provedAgo: provedAgo, how: how));
        return client;
    }

    public HttpClient Anonymous() => factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });

    /// <summary>Delivers an event over the bus and waits until every consumer of this service has handled it.</summary>
    public async Task Deliver<TEvent>(TEvent happened, Guid? messageId = null)
        where TEvent : class
    {
        var id = messageId ?? Guid.CreateVersion7();
        await Services.GetRequiredService<IBus>().Publish(happened, context => context.MessageId = id);
        var subscriptions = Services.GetRequiredService<Subscriptions>();
        await Wait.Until(async () =>
        {
            await using var scope = Services.CreateAsyncScope();
            foreach (var subscription in subscriptions.Of(typeof(TEvent)))
            {
                if ((await subscription.Handled(scope.ServiceProvider, [id], CancellationToken.None)).Count == 0) return false;
            }
            return true;
        }, $"nobody handled {typeof(TEvent).Name}");
    }

    /// <summary>Events of that type that wait in the outbox or were sent during this test, oldest first.</summary>
    public async Task<IReadOnlyList<TEvent>> Published<TEvent, TDb>()
        where TDb : ServiceDb
    {
        await using var scope = Services.CreateAsyncScope();
        var bodies = await scope.ServiceProvider.GetRequiredService<PublishedEvents>().Of(typeof(TEvent), scope.ServiceProvider.GetRequiredService<TDb>());
        return [.. bodies.Select(body => JsonSerializer.Deserialize<TEvent>(body)!)];
    }

    public async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync();
        await issuer.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(DataFolder, recursive: true);
    }
}

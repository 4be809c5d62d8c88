using System.Diagnostics;
using System.Globalization;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Bench.Messaging;

/// <summary>One program of a measurement: publishes or hears, by the product's own messaging or by plain MassTransit. Told what to do line by line, and answers with a line.</summary>
internal static class Station
{
    public const string Sender = "sender";
    public const string Hearer = "hearer";
    public const string PlainSender = "plain-sender";
    public const string PlainHearer = "plain-hearer";

    public static async Task<int> Run(string role)
    {
        // The framework's own hosts read command lines; this one is told by its environment alone.
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).AddFilter(level => level >= LogLevel.Error);
        if (role is Sender or Hearer) AddOurs(builder, role);
        else AddPlain(builder, role);
        using var host = builder.Build();
        await MakeTables(host.Services);
        await host.StartAsync();
        await host.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(60));
        await Answer("ready");

        var work = new Work(host.Services, plain: role == PlainSender);
        while (await Console.In.ReadLineAsync() is { } line) await Answer(await work.Do(line.Split(' ')));
        await host.StopAsync();
        return 0;
    }

    private static void AddOurs(HostApplicationBuilder builder, string role)
    {
        builder.Services.AddSingleton<BusinessClock>();
        builder.AddServiceDatabase<ToldDb, PostgresToldDb, SqliteToldDb>("told");
        if (role == Hearer) builder.AddMessaging(s => s.Add<KeepWhenRelationChanged, SupplyRelationChanged, ToldDb>(e => new(e.RelationId, e.Epoch, e.Sequence)));
        else builder.AddMessaging();
    }

    private static void AddPlain(HostApplicationBuilder builder, string role)
    {
        builder.Services.AddDbContext<PostgresToldDb>(options => options.UseNpgsql(builder.Configuration.GetConnectionString("told")));
        builder.Services.AddScoped<ToldDb>(provider => provider.GetRequiredService<PostgresToldDb>());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            if (role == PlainHearer) bus.AddConsumer<PlainConsumer>();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(builder.Configuration.GetConnectionString("rabbitmq")!));
                if (role != PlainHearer) return;
                rabbit.ReceiveEndpoint("plain", endpoint =>
                {
                    endpoint.SetQuorumQueue();
                    endpoint.PrefetchCount = builder.Configuration.GetValue<int>("Prefetch");
                    endpoint.ConfigureConsumer<PlainConsumer>(context);
                });
            });
        });
    }

    private static async Task MakeTables(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var creator = scope.ServiceProvider.GetRequiredService<ToldDb>().GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync()) await creator.CreateAsync();
        if (!await creator.HasTablesAsync()) await creator.CreateTablesAsync();
    }

    private static async Task Answer(string line)
    {
        await Console.Out.WriteLineAsync(line);
        await Console.Out.FlushAsync();
    }

    /// <summary>What a sender can be told to do.</summary>
    private sealed class Work(IServiceProvider services, bool plain)
    {
        private const int RowsOfAList = 1000;
        private long saved;
        private Task steady = Task.CompletedTask;
        private volatile bool goOn;

        public async Task<string> Do(string[] order) => order[0] switch
        {
            "each" => await Timed(() => Each(Number(order[1]), Number(order[2]), order[3] == "change")),
            "bulk" => await Timed(() => InBulk(Number(order[1]))),
            "latency" => await Latency(Number(order[1])),
            "begin" => Begin(),
            "saved" => Interlocked.Read(ref saved).ToString(CultureInfo.InvariantCulture),
            "end" => await End(),
            var other => throw new ArgumentException($"Nobody here knows how to {other}."),
        };

        /// <summary>So many writers at once, each event in a transaction of its own; with the change that it tells of, or alone.</summary>
        private async Task Each(int events, int writers, bool change) => await Parallel.ForAsync(0, events, new ParallelOptions { MaxDegreeOfParallelism = writers }, async (_, stop) =>
        {
            var happened = Told.Event();
            if (plain)
            {
                if (change) await Save(null, change: true, stop);
                await services.GetRequiredService<IBus>().Publish(happened, stop);
            }
            else
            {
                await Save(happened, change, stop);
            }
        });

        private async Task InBulk(int events)
        {
            for (var left = events; left > 0; left -= RowsOfAList)
            {
                await using var scope = services.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<ToldDb>();
                db.InBulk = true;
                for (var i = 0; i < Math.Min(left, RowsOfAList); i++) db.Publish(Told.Event());
                await db.SaveChangesAsync();
            }
        }

        /// <summary>One writer, one change at a time, by turns with and without an event: milliseconds with it and without, middle and 95th percentile.</summary>
        private async Task<string> Latency(int times)
        {
            var (with, without) = (new List<double>(), new List<double>());
            for (var i = 0; i < times * 2; i++)
            {
                var watch = Stopwatch.StartNew();
                await Save(i % 2 == 0 ? Told.Event() : null, change: true, CancellationToken.None);
                (i % 2 == 0 ? with : without).Add(watch.Elapsed.TotalMilliseconds);
                // As far apart as requests are, so that what the relay does with the last is not all in the next.
                await Task.Delay(10);
            }
            return string.Join(' ', new[] { Percentile(with, 0.5), Percentile(without, 0.5), Percentile(with, 0.95), Percentile(without, 0.95) }.Select(ms => ms.ToString("0.000", CultureInfo.InvariantCulture)));
        }

        /// <summary>Fifty a second until the end; one that cannot be saved now is not counted.</summary>
        private string Begin()
        {
            goOn = true;
            steady = Task.Run(async () =>
            {
                while (goOn)
                {
                    try
                    {
                        await Save(Told.Event(), change: true, CancellationToken.None);
                        Interlocked.Increment(ref saved);
                    }
                    catch (Exception away) when (away is DbUpdateException or InvalidOperationException or Npgsql.NpgsqlException)
                    {
                        // The database is what was killed.
                    }
                    await Task.Delay(20);
                }
            });
            return "begun";
        }

        private async Task<string> End()
        {
            goOn = false;
            await steady;
            return Interlocked.Read(ref saved).ToString(CultureInfo.InvariantCulture);
        }

        private async Task Save(SupplyRelationChanged? happened, bool change, CancellationToken stop)
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ToldDb>();
            if (change) db.Tellings.Add(new Told { Id = happened?.RelationId ?? Guid.CreateVersion7(), Sequence = 1 });
            if (happened is not null) db.Publish(happened);
            await db.SaveChangesAsync(stop);
        }

        private static async Task<string> Timed(Func<Task> work)
        {
            var watch = Stopwatch.StartNew();
            await work();
            return watch.Elapsed.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        private static double Percentile(List<double> values, double share)
        {
            values.Sort();
            return values[(int)Math.Ceiling(share * values.Count) - 1];
        }

        private static int Number(string written) => int.Parse(written, CultureInfo.InvariantCulture);
    }
}

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>One database per service: PostgreSQL when a connection string of that name is given, else a SQLite file in the data folder.</summary>
public static class ServiceDatabase
{
    public static void AddServiceDatabase<TDb, TPostgres, TSqlite>(this IHostApplicationBuilder builder, string name)
        where TDb : ServiceDb
        where TPostgres : TDb
        where TSqlite : TDb
    {
        var services = builder.Services;
        services.TryAddSingleton<DatabaseIdentities>();
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<TimeProvider>(TimeProvider.System);

        if (builder.Configuration.GetConnectionString(name) is { Length: > 0 } connection)
        {
            services.AddDbContext<TPostgres>((provider, options) => options.UseNpgsql(connection).AddInterceptors(WakeOnSave.From(provider)));
            services.AddScoped<TDb>(provider => provider.GetRequiredService<TPostgres>());
        }
        else
        {
            services.AddDbContext<TSqlite>((provider, options) =>
            {
                var folder = PrivateFolder.Make(provider.GetRequiredService<IOptions<PlatformOptions>>().Value.DataFolder);
                var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.FullName, $"{name}.db") };
                options.UseSqlite(file.ConnectionString).AddInterceptors(DurableSqlite.Instance, WakeOnSave.From(provider));
            });
            services.AddScoped<TDb>(provider => provider.GetRequiredService<TSqlite>());
            services.AddHostedService<ShortLog<TDb>>();
        }
        services.AddSingleton<PrepareDatabase<TDb>>();
        services.AddSingleton(provider => new DatabasePreparation(provider.GetRequiredService<PrepareDatabase<TDb>>().Prepare));
        services.AddHostedService<PrepareDatabases>();
        services.AddHostedService<OutboxRelay<TDb>>();
        services.AddHostedService<PruneInbox<TDb>>();
        services.AddHostedService<WatchMessages<TDb>>();
        services.AddHealthChecks().AddCheck<DatabaseReady<TDb>>(name);
    }

    /// <summary>What "received" rests on: write-ahead log flushed at every commit, and waiting instead of failing when another writes.</summary>
    private sealed class DurableSqlite : DbConnectionInterceptor
    {
        public static readonly DurableSqlite Instance = new();
        private const string Pragmas = "PRAGMA busy_timeout=15000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";

        public override void ConnectionOpened(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(
            System.Data.Common.DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}

/// <summary>Wakes the relay when rows were saved, so that an event need not wait for the next poll.</summary>
internal sealed class WakeOnSave(OutboxSignal signal) : SaveChangesInterceptor
{
    public static WakeOnSave From(IServiceProvider provider) => new(provider.GetRequiredService<OutboxSignal>());

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        signal.Raise();
        return ValueTask.FromResult(result);
    }
}

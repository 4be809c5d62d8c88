using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>
/// One database per service: PostgreSQL when a connection string of that name is given, else a SQLite file in the data folder. A second one, <c>NAME-migrator</c>,
/// is the account that makes tables (<see cref="BringUpToDate"/>).
/// </summary>
public static class ServiceDatabase
{
    /// <summary>So many milliseconds a connection to SQLite waits while others write.</summary>
    internal const string Waits = "PRAGMA busy_timeout=15000";

    /// <param name="builder">The host.</param>
    /// <param name="name">The connection string's and the file's.</param>
    /// <param name="ownRowsOnly">Its tables have policies, so PostgreSQL must be told whose rows each transaction is about.</param>
    public static void AddServiceDatabase<TDb, TPostgres, TSqlite>(this IHostApplicationBuilder builder, string name, bool ownRowsOnly = false)
        where TDb : ServiceDb
        where TPostgres : TDb
        where TSqlite : TDb
    {
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.TryAddSingleton<DatabaseIdentities>();
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<TimeProvider>(TimeProvider.System);
        services.TryAddSingleton<Secrets>();
        services.TryAddSingleton<RoomToWrite>();

        var migrator = BringUpToDate.Checked($"{name}-migrator", builder.Configuration.GetConnectionString($"{name}-migrator"));
        var upToDate = new BringUpToDate(name, builder.Configuration.GetConnectionString(name), migrator);
        var given = BringUpToDate.Checked(name, builder.Configuration.GetConnectionString(name));
        builder.NoteDatabase(name, given);
        if (given is { } connection)
        {
            services.AddDbContext<TPostgres>((provider, options) =>
            {
                options.UseNpgsql(connection).AddInterceptors(WakeOnSave.From(provider), AuditedRequest.Commits.Heard).ConfigureWarnings(WhoeverCatchesItSaysSo);
                if (ownRowsOnly) options.AddInterceptors(new OwnRowsOnly(provider.GetRequiredService<IHttpContextAccessor>()));
            });
            services.AddScoped<TDb>(provider => provider.GetRequiredService<TPostgres>());
        }
        else
        {
            services.AddDbContext<TSqlite>((provider, options) =>
            {
                var folder = PrivateFolder.Make(provider.GetRequiredService<IOptions<PlatformOptions>>().Value.DataFolder);
                var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.FullName, $"{name}.db") };
                options.UseSqlite(file.ConnectionString).ReplaceService<IMigrationsSqlGenerator, WholeSqliteMigrations>().AddInterceptors(DurableSqlite.Instance, WakeOnSave.From(provider), AuditedRequest.Commits.Heard).ConfigureWarnings(WhoeverCatchesItSaysSo)
                    // SqliteTables brings up to date within a transaction of its own, and holds others off by a file.
                    .ConfigureWarnings(lines => lines.Ignore(RelationalEventId.MigrationsUserTransactionWarning));
            });
            services.AddScoped<TDb>(provider => provider.GetRequiredService<TSqlite>());
            services.AddHostedService<ShortLog<TDb>>();
        }
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PrepareDatabase<TDb>>(provider, upToDate));
        services.AddSingleton(provider => new DatabaseTables(provider.GetRequiredService<PrepareDatabase<TDb>>().BringTablesUpToDate));
        services.AddSingleton(provider => new DatabasePreparation(provider.GetRequiredService<PrepareDatabase<TDb>>().Prepare));
        services.AddHostedService<PrepareDatabases>();
        services.AddHostedService<OutboxRelay<TDb>>();
        services.AddHostedService<WatchMessages<TDb>>();
        builder.AddAuditTrail<TDb>();
        services.AddHealthChecks().AddCheck<DatabaseReady<TDb>>(name);
    }

    /// <summary>So that a service alone does not begin with a file of its own (<see cref="Starting"/>).</summary>
    public static void NoteDatabase(this IHostApplicationBuilder builder, string name, string? given)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new DatabaseName(name, IsFile: given is null));
    }

    /// <summary>Each of these is thrown as well: logged here too, an hour without a database is gigabytes.</summary>
    private static void WhoeverCatchesItSaysSo(WarningsConfigurationBuilder lines) =>
        lines.Ignore(RelationalEventId.ConnectionError, RelationalEventId.CommandError, CoreEventId.QueryIterationFailed, CoreEventId.SaveChangesFailed);

    /// <summary>What "received" rests on: write-ahead log flushed at every commit, and waiting instead of failing when another writes.</summary>
    private sealed class DurableSqlite : DbConnectionInterceptor
    {
        public static readonly DurableSqlite Instance = new();
        private const string Pragmas = $"{Waits}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";

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

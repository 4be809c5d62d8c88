using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Recruitment.Testing;

namespace Recruitment.Bench.Messaging;

/// <summary>A PostgreSQL that flushes what it promises and a RabbitMQ, on loopback, in a folder that goes with them.</summary>
internal sealed class OwnServers : IAsyncDisposable
{
    private const string Script = """
        set -e
        . tests/infrastructure/packages.sh; . tests/infrastructure/servers.sh
        missing=$(missing_packages rabbitmq-server postgresql procps)
        [ -z "$missing" ] || { echo "Installing for the measurement: $missing" >&2; install_packages $missing >&2; }
        trap stop_servers EXIT
        prepare_servers && start_postgres durable && start_rabbitmq
        echo "$TEST_SERVERS"; echo "$TEST_POSTGRES"; echo "$TEST_RABBITMQ"; echo "$TEST_RABBITMQ_MANAGEMENT"
        cat >/dev/null
        """;

    private readonly Process shell;
    private readonly string postgres;
    private readonly string rabbit;

    private OwnServers(Process shell, string postgres, string rabbit) => (this.shell, this.postgres, this.rabbit) = (shell, postgres, rabbit);

    public static async Task<OwnServers> Start()
    {
        // They stop when its input ends: with us, however we end.
        var shell = Process.Start(new ProcessStartInfo("bash", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var lines = new List<string>();
        while (lines.Count < 4) lines.Add(await shell.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("PostgreSQL or RabbitMQ did not start; what they said is above."));
        foreach (var (name, value) in new[] { "TEST_SERVERS", "TEST_POSTGRES", "TEST_RABBITMQ", "TEST_RABBITMQ_MANAGEMENT" }.Zip(lines)) Environment.SetEnvironmentVariable(name, value);
        return new(shell, lines[1], lines[2]);
    }

    public string Database(string name) => $"{postgres};Database={name};Maximum Pool Size=60";

    public Task<string> VirtualHost(string name) => RabbitVirtualHost.Make(rabbit, name);

    public async Task<long> Count(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Database(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async Task Do(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Database(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
    }
}

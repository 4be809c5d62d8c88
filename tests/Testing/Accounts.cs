using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Npgsql;

namespace Recruitment.Testing;

/// <summary>An account of each service at PostgreSQL and RabbitMQ, made as an operator makes them: by services/accounts. Names begin with a prefix, so that tests share the servers.</summary>
public sealed class Accounts(string folder, string prefix)
{
    /// <summary>Runs what services/accounts prints as the server's administrator; again for one database that was dropped.</summary>
    public async Task MakeDatabases(string postgres, string? only = null)
    {
        var server = new NpgsqlConnectionStringBuilder(postgres);
        var sql = await Output("databases", only is null ? [] : ["--only", only]);
        await Run("psql", ["-h", server.Host!, "-p", $"{server.Port}", "-U", server.Username!, "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-q", "-f", "-"], sql);
    }

    /// <summary>In a virtual host of their own.</summary>
    public async Task MakeBroker(string amqp, string virtualHost)
    {
        var broker = new Uri(amqp);
        using var http = new HttpClient { BaseAddress = new Uri(Environment.GetEnvironmentVariable("TEST_RABBITMQ_MANAGEMENT")!) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(broker.UserInfo)));
        using var definitions = new StringContent(await Output("broker", ["--vhost", virtualHost]), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("api/definitions", definitions);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"RabbitMQ took no accounts: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>The service's own account in its own database.</summary>
    public string Database(string postgres, string service) => Database(postgres, service, service, $"postgres-{service}");

    /// <summary>The account that owns its tables.</summary>
    public string Migrator(string postgres, string service) => Database(postgres, service, $"{service}_migrator", $"postgres-{service}-migrator");

    public string Broker(string amqp, string virtualHost, string service)
    {
        var broker = new Uri(amqp);
        return $"amqp://{prefix}{service}:{Secret($"rabbitmq-{service}")}@{broker.Host}:{broker.Port}/{virtualHost}";
    }

    private string Database(string postgres, string service, string role, string secret) =>
        new NpgsqlConnectionStringBuilder(postgres) { Database = prefix + service, Username = prefix + role, Password = Secret(secret) }.ConnectionString;

    private string Secret(string name) => File.ReadAllText(Path.Combine(folder, name));

    private Task<string> Output(string what, string[] more) => Run(Path.Combine(Repository.Root, "services", "accounts"), [what, "--secrets", folder, "--prefix", prefix, .. more]);

    private static async Task<string> Run(string program, IReadOnlyList<string> arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await wrong}");
    }
}

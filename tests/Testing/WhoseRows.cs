using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Recruitment.Testing;

/// <summary>Asks a service's database for rows as its requests do, or round everything but the database itself.</summary>
public static class WhoseRows
{
    public const string NeedsPostgres = "SQLite has the query filters alone.";

    /// <summary>What serves no organisation.</summary>
    public const string Everybodys = "SET LOCAL app.role = 'system'";

    public static bool IsPostgres => Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 };

    public static string Of(Guid party) => $"SET LOCAL app.party = '{party}'";

    public static string OfOperator(Guid party) => $"{Of(party)}; SET LOCAL app.kind = 'operator'";

    public static async Task<NpgsqlConnection> Open(string connection, CancellationToken stop)
    {
        var open = new NpgsqlConnection(connection);
        await open.OpenAsync(stop);
        return open;
    }

    /// <summary>The number that a statement answers with, in a transaction that says whose rows it is about, and is rolled back.</summary>
    public static async Task<int> Number(this NpgsqlConnection connection, string? whose, string sql, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await using var transaction = await connection.BeginTransactionAsync(stop);
#pragma warning disable CA2100 // Written by tests.
        await using var command = new NpgsqlCommand(whose ?? "SELECT 1", connection, transaction);
        await command.ExecuteNonQueryAsync(stop);
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt32(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture);
    }

    /// <summary>Until it is disposed, what these services do they do for a request of that organisation.</summary>
    public static IDisposable ActFor(IServiceProvider services, Guid party, string kind, string role)
    {
        var accessor = services.GetRequiredService<IHttpContextAccessor>();
        accessor.HttpContext = new DefaultHttpContext
        {
            User = new(new ClaimsIdentity([new("party", $"{party}"), new("party_kind", kind), new("role", role)], "test")), RequestServices = services,
        };
        return new Acting(accessor);
    }

    /// <summary>The tables that no forced policy guards, and those of docs/tables-without-policy.txt.</summary>
    public static async Task<(IReadOnlyList<string> Without, IReadOnlyList<string> Written)> Unguarded(NpgsqlConnection connection, string service, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
                AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'system'))
            """, connection);
        var without = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(stop))
        {
            while (await reader.ReadAsync(stop)) without.Add(reader.GetString(0));
        }

        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Recruitment.sln"))) at = at.Parent!;
        var written = File.ReadLines(Path.Combine(at.FullName, "docs", "tables-without-policy.txt"))
            .Where(line => line.StartsWith($"{service} ", StringComparison.Ordinal) && line.Split(": ", 2) is [_, { Length: >= 10 }]).Select(line => line.Split(' ', ':')[1]);
        return ([.. without.Order(StringComparer.Ordinal)], [.. written.Order(StringComparer.Ordinal)]);
    }

    private sealed class Acting(IHttpContextAccessor accessor) : IDisposable
    {
        public void Dispose() => accessor.HttpContext = null;
    }
}

using System.Globalization;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Recruitment.Testing;

/// <summary>What tests ask of a service's row policies (docs/adr/0019), with the account that the service itself has.</summary>
public static partial class RowPolicies
{
    public const string NeedsPostgres = "SQLite has the query filters alone.";

    public static bool OnPostgres => Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 };

    public static string ConnectionString(IServiceProvider services, string database) => services.GetRequiredService<IConfiguration>().GetConnectionString(database)!;

    /// <summary>
    /// Where docs/tables-without-policy.txt and the database differ: every table has a policy that holds for its owner too, or its line with a reason, and no line is without its table.
    /// </summary>
    public static async Task<IReadOnlyList<string>> NotAsWrittenDown(string database, string service, CancellationToken stop)
    {
        await using var connection = await Open(database, stop);
        await using var command = new NpgsqlCommand(
            """
            SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
                AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'system')) ORDER BY c.relname
            """, connection);
        var without = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(stop))
        {
            while (await reader.ReadAsync(stop)) without.Add(reader.GetString(0));
        }

        var lines = File.ReadLines(Path.Combine(Repository.Root, "docs", "tables-without-policy.txt")).Where(l => l.StartsWith($"{service} ", StringComparison.Ordinal)).ToList();
        var written = lines.Select(l => l.Split(' ', ':')[1]).ToList();
        return
        [
            .. without.Except(written).Select(t => $"{service} {t}: has neither a policy nor a line"), .. written.Except(without).Select(t => $"{service} {t}: has a line and no need of it"),
            .. lines.Where(l => !Line().IsMatch(l)).Select(l => $"no reason: {l}"),
        ];
    }

    [GeneratedRegex("^[A-Z][a-z]+ [A-Za-z_]+: .{10,}$")]
    private static partial Regex Line();

    public static async Task<NpgsqlConnection> Open(string connection, CancellationToken stop)
    {
        var open = new NpgsqlConnection(connection);
        await open.OpenAsync(stop);
        return open;
    }

    /// <summary>As a transaction says whose rows it is about: what serves no organisation.</summary>
    public const string Everybodys = "SET LOCAL app.role = 'system'";

    public static string Of(Guid party) => $"SET LOCAL app.party = '{party}'";

    public static string OfOperator(Guid party) => $"{Of(party)}; SET LOCAL app.kind = 'operator'";

    /// <summary>The number that a statement answers with, in a transaction that says whose rows it is about, and is rolled back. The statement may call its organisation @me.</summary>
    public static async Task<int> Number(this NpgsqlConnection connection, string? whose, string sql, CancellationToken stop, Guid me = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await using var transaction = await connection.BeginTransactionAsync(stop);
#pragma warning disable CA2100 // Written by tests.
        await using var command = new NpgsqlCommand(whose ?? "SELECT 1", connection, transaction);
        await command.ExecuteNonQueryAsync(stop);
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("me", me);
        return Convert.ToInt32(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture);
    }

    /// <summary>Counts for one organisation, which the question calls @me; for what serves none (everything); or where nothing was said.</summary>
    public static Task<int> Count(NpgsqlConnection connection, string sql, Guid? party, bool everything = false, CancellationToken stop = default) =>
        connection.Number(everything ? Everybodys : party is { } own ? Of(own) : null, sql, stop, party ?? Guid.Empty);

    /// <summary>How many rows a change would touch for that organisation.</summary>
    public static Task<int> Touched(NpgsqlConnection connection, string change, Guid party, CancellationToken stop) =>
        Count(connection, $"WITH touched AS ({change} RETURNING 1) SELECT count(*) FROM touched", party, stop: stop);

    /// <summary>Until it is disposed, what this flow asks of the database counts as asked in that organisation's request.</summary>
    public static IDisposable ActFor(IServiceProvider services, Guid party, string role, string kind = "")
    {
        ArgumentNullException.ThrowIfNull(services);
        var accessor = services.GetRequiredService<IHttpContextAccessor>();
        accessor.HttpContext = new DefaultHttpContext { User = new(new ClaimsIdentity([new("party", $"{party}"), new("party_kind", kind), new("role", role)], "test")), RequestServices = services };
        return new Acting(accessor);
    }

    private sealed class Acting(IHttpContextAccessor accessor) : IDisposable
    {
        public void Dispose() => accessor.HttpContext = null;
    }
}

using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Starts;

/// <summary>Each service has an account of its own at PostgreSQL and RabbitMQ, and a stolen one gets at nothing of another's.</summary>
public sealed class AccountTests(AccountTests.TwoServices services) : IClassFixture<AccountTests.TwoServices>
{
    private const string PartyChanged = "Recruitment.Contracts.Suppliers:PartyChanged";
    private const string QueueOfGrievances = "recruitment-grievances-cases-recheck-conflicts-when-party-changed";
    private const string QueueOfRisk = "recruitment-risk-sites-know-owners-when-party-changed";

    [Fact]
    public async Task A_service_publishes_its_own_events_and_not_anothers()
    {
        Assert.SkipUnless(Running.CanRunSeparately, "Needs TEST_POSTGRES and TEST_RABBITMQ.");

        Assert.True(await services.AtBroker("suppliers", channel => channel.BasicPublishAsync(PartyChanged, "", true, new BasicProperties(), new byte[] { 1 }).AsTask()));
        Assert.False(await services.AtBroker("risk", channel => channel.BasicPublishAsync(PartyChanged, "", false, new BasicProperties(), new byte[] { 1 }).AsTask()));
        Assert.False(await services.AtBroker("web", channel => channel.BasicPublishAsync(PartyChanged, "", false, new BasicProperties(), new byte[] { 1 }).AsTask()));
    }

    [Fact]
    public async Task A_service_reads_its_own_queues_and_not_anothers()
    {
        Assert.SkipUnless(Running.CanRunSeparately, "Needs TEST_POSTGRES and TEST_RABBITMQ.");
        Assert.True(await services.AtBroker("risk", channel => channel.BasicGetAsync(QueueOfRisk, autoAck: false)));
        Assert.False(await services.AtBroker("risk", channel => channel.BasicGetAsync(QueueOfGrievances, autoAck: false)));
        Assert.False(await services.AtBroker("suppliers", channel => channel.BasicGetAsync(QueueOfRisk, autoAck: false)));
        Assert.False(await services.AtBroker("risk", channel => channel.QueueDeleteAsync(QueueOfGrievances, false, false)));
        Assert.False(await services.AtBroker("risk", channel => channel.QueueDeclareAsync("recruitment-risk-of-its-own-making", true, false, false)));
        // Nor by having them sent on to a queue of its own.
        Assert.False(await services.AtBroker("risk", channel => channel.QueueBindAsync(QueueOfRisk, "Recruitment.Contracts.Reports:ReportIssued", "")));
    }

    [Fact]
    public async Task What_is_published_before_a_hearer_was_ever_started_waits_for_it()
    {
        Assert.SkipUnless(Running.CanRunSeparately, "Needs TEST_POSTGRES and TEST_RABBITMQ.");

        Assert.True(await services.AtBroker("suppliers", channel => channel.BasicPublishAsync(PartyChanged, "", true, new BasicProperties(), new byte[] { 1 }).AsTask()));

        // Grievances is none of the two services that run here.
        await Wait.Until(async () =>
        {
            var waiting = 0u;
            Assert.True(await services.AtBroker(null, async channel => waiting = (await channel.QueueDeclarePassiveAsync(QueueOfGrievances)).MessageCount));
            return waiting > 0;
        }, "it waits in the queue");
    }

    [Fact]
    public async Task A_service_reads_and_writes_rows_and_changes_no_table()
    {
        Assert.SkipUnless(Running.CanRunSeparately, "Needs TEST_POSTGRES and TEST_RABBITMQ.");

        Assert.Null(await services.Refusal("suppliers", "BEGIN; SET LOCAL app.role = 'system'; INSERT INTO \"Heard\" VALUES ('somebody', gen_random_uuid(), 1, 1); DELETE FROM \"Heard\" WHERE \"Consumer\" = 'somebody'; COMMIT"));
        foreach (var forbidden in new[]
        {
            "CREATE TABLE mine (id int)", "CREATE TEMPORARY TABLE mine (id int)", "CREATE SCHEMA mine", "DROP TABLE \"Parties\"", "ALTER TABLE \"Parties\" ADD mine int",
            "TRUNCATE \"Parties\"", "ALTER TABLE \"Relations\" DISABLE ROW LEVEL SECURITY", "ALTER TABLE \"Relations\" NO FORCE ROW LEVEL SECURITY",
            "INSERT INTO \"__EFMigrationsHistory\" VALUES ('none', 'none')", "CREATE ROLE mine", "CREATE DATABASE mine", "COPY \"Parties\" TO PROGRAM 'cat'",
        })
        {
            Assert.Equal((forbidden, PostgresErrorCodes.InsufficientPrivilege), (forbidden, await services.Refusal("suppliers", forbidden)));
        }
    }

    [Fact]
    public async Task No_account_gets_into_another_services_database()
    {
        Assert.SkipUnless(Running.CanRunSeparately, "Needs TEST_POSTGRES and TEST_RABBITMQ.");
        foreach (var account in new[] { services.Accounts.Database(TwoServices.Postgres, "suppliers"), services.Accounts.Migrator(TwoServices.Postgres, "suppliers") })
        {
            var elsewhere = new NpgsqlConnectionStringBuilder(account) { Database = services.DatabaseOf("risk"), Pooling = false };
            await using var connection = new NpgsqlConnection(elsewhere.ConnectionString);

            var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));

            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    /// <summary>The stage of a roll-out: one process makes the tables and ends, another is never given the account that may.</summary>
    [Fact]
    public async Task Tables_are_made_by_a_process_of_their_own_and_used_by_one_that_could_not()
    {
        Assert.SkipUnless(Running.CanRunSeparately, "Needs TEST_POSTGRES and TEST_RABBITMQ.");
        var own = services.Settings("register");
        var migrator = own["ConnectionStrings:register-migrator"];
        own.Remove("ConnectionStrings:register-migrator");

        Assert.Contains("The tables of ConnectionStrings:register are not up to date", await TwoServices.Refused("Register", own), StringComparison.Ordinal);
        Assert.Equal(0, await TwoServices.ExitCode("Register", new(own) { ["ConnectionStrings:register-migrator"] = migrator }, "--migrate"));
        await using var started = new StartedProgram("Register", new Uri($"http://localhost:{Running.FreePort()}/"), own);
        await started.Answers("health/ready");
    }

    /// <summary>Suppliers, which publishes, and Risk, which hears, as processes with their own accounts.</summary>
    public sealed class TwoServices : IAsyncLifetime
    {
        private readonly string folder = Directory.CreateTempSubdirectory("recruitment-accounts-").FullName;
        private readonly List<StartedProgram> started = [];
        private readonly string prefix = $"a{Guid.CreateVersion7().ToString("N")[20..]}_";
        private string virtualHost = "";

        public static string Postgres => Environment.GetEnvironmentVariable("TEST_POSTGRES")!;

        private static string Rabbit => Environment.GetEnvironmentVariable("TEST_RABBITMQ")!;

        public Accounts Accounts { get; private set; } = null!;

        public string DatabaseOf(string service) => prefix + service;

        public async ValueTask InitializeAsync()
        {
            if (!Running.CanRunSeparately) return;
            Accounts = new(Path.Combine(folder, "accounts"), prefix);
            virtualHost = new Uri(await RabbitVirtualHost.Make(Rabbit)).AbsolutePath[1..];
            await Accounts.MakeBroker(Rabbit, virtualHost);
            await Accounts.MakeDatabases(Postgres);
            foreach (var service in new[] { "suppliers", "risk" })
                started.Add(new(char.ToUpperInvariant(service[0]) + service[1..], new Uri($"http://localhost:{Running.FreePort()}/"), Settings(service)));
            foreach (var program in started) await program.Answers("health/ready");
        }

        public Dictionary<string, string> Settings(string service) => new()
        {
            ["Mode"] = "demonstration",
            ["DataFolder"] = Path.Combine(folder, service),
            ["Issuer"] = "http://localhost:5999",
            [$"ConnectionStrings:{service}"] = Accounts.Database(Postgres, service),
            [$"ConnectionStrings:{service}-migrator"] = Accounts.Migrator(Postgres, service),
            ["ConnectionStrings:rabbitmq"] = Accounts.Broker(Rabbit, virtualHost, service),
        };

        /// <summary>False when the broker refuses what is done there; null is its administrator.</summary>
        public async Task<bool> AtBroker(string? service, Func<IChannel, Task> act)
        {
            var address = service is null ? $"{Rabbit}/{virtualHost}" : Accounts.Broker(Rabbit, virtualHost, service);
            await using var connection = await new ConnectionFactory { Uri = new(address) }.CreateConnectionAsync();
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
            try
            {
                await act(channel);
                return true;
            }
            catch (Exception refused) when (refused is OperationInterruptedException or AlreadyClosedException or PublishException)
            {
                Assert.True(channel.CloseReason?.ReplyCode is 403, $"{channel.CloseReason}");
                return false;
            }
        }

        /// <summary>The database's code of what it refuses; null when it does as it is told.</summary>
        public async Task<string?> Refusal(string service, string sql)
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Accounts.Database(Postgres, service)) { Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            try
            {
                await command.ExecuteNonQueryAsync();
                return null;
            }
            catch (PostgresException refused)
            {
                return refused.SqlState;
            }
        }

        /// <summary>The one sentence by which a program says why it does not start.</summary>
        public static async Task<string> Refused(string project, IReadOnlyDictionary<string, string> settings, params string[] arguments)
        {
            await using var program = new StartedProgram(project, new Uri($"http://localhost:{Running.FreePort()}/"), settings, arguments: arguments);
            await program.Ends();
            Assert.Equal(1, program.ExitCode);
            return Assert.Single(program.Output.Split('\n'), line => line.StartsWith("Not started: ", StringComparison.Ordinal));
        }

        public static async Task<int> ExitCode(string project, Dictionary<string, string> settings, string argument)
        {
            await using var program = new StartedProgram(project, new Uri($"http://localhost:{Running.FreePort()}/"), settings, arguments: [argument]);
            await program.Ends();
            return program.ExitCode;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var program in started) await program.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}

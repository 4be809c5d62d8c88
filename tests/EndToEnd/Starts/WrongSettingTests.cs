using Npgsql;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Starts;

/// <summary>A wrong setting stops the start of a real process with one sentence that names it.</summary>
public sealed class WrongSettingTests(AccountTests.TwoServices services) : IClassFixture<AccountTests.TwoServices>
{
    /// <summary>Given, and nobody is there: that is no reason not to start.</summary>
    private const string BrokerAway = "amqp://nobody:nothing@127.0.0.1:1/";

    [Theory]
    [InlineData("Mode", "production", "Mode must be 'demonstration' or 'operation'.")]
    [InlineData("Issuer", "the office", "Issuer is no address")]
    [InlineData("Services:risk", "risk", "Services:risk is no address")]
    [InlineData("Services:rsk", "http://localhost:1", "There is no setting Services:rsk. Services:risk was perhaps meant.")]
    [InlineData("ConnectionStrings:rabbitmq", "localhost", "ConnectionStrings:rabbitmq is no address of a RabbitMQ")]
    [InlineData("ConnectionStrings:grievances", "Host=localhost;Pasword=x", "ConnectionStrings:grievances is no connection string of PostgreSQL")]
    [InlineData("ConnectionStrings:suplliers", "Host=localhost", "There is no setting ConnectionStrings:suplliers. ConnectionStrings:suppliers was perhaps meant.")]
    [InlineData("Secrets:recipt-pepper", "x", "There is no setting Secrets:recipt-pepper. Secrets:receipt-pepper was perhaps meant.")]
    [InlineData("Secrets:receipt-pepper", "", "Secrets:receipt-pepper is empty: give it, or take the setting out")]
    [InlineData("Secrets:receipt-pepper", "guessed", "Secrets:receipt-pepper is shorter than 32 characters")]
    [InlineData("Secrets:token-signing-key", "-----BEGIN PRIVATE KEY-----\nMAo=\n-----END PRIVATE KEY-----", "Secrets:token-signing-key is no private key of the curve P-256 in PEM.")]
    [InlineData("DataFoldr", "/tmp/elsewhere", "There is no setting DataFoldr; DataFolder was perhaps meant.")]
    [InlineData("Grievances:SmalestGroup", "12", "There is no setting Grievances:SmalestGroup. Grievances:SmallestGroup was perhaps meant.")]
    [InlineData("Grievances:SmallestGroup", "ten", "Grievances:SmallestGroup")]
    [InlineData("Grievances:SmallestGroup", "4", "Grievances:SmallestGroup must be at least 5.")]
    [InlineData("Messaging:Prefetsch", "20", "There is no setting Messaging:Prefetsch. Messaging:Prefetch was perhaps meant.")]
    [InlineData("Messaging:Prefetch", "0", "Messaging:Prefetch must be 1 to 1000.")]
    [InlineData("ConnectionStrings:rabbitmq", "", "ConnectionStrings:rabbitmq is missing: this service runs alone")]
    [InlineData("Grievences:SmallestGroup", "12", "There are no settings under Grievences; Grievances was perhaps meant.")]
    [InlineData("DataFolder", "/dev/null/data", "/dev/null/data cannot be made or written: name one that can with DataFolder.")]
    public async Task It_stops_the_start(string setting, string value, string said)
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-starts-").FullName;
        try
        {
            Assert.Contains(said, await AccountTests.TwoServices.Refused("Grievances", new Dictionary<string, string>
            {
                ["Mode"] = "demonstration", ["DataFolder"] = folder, ["Issuer"] = "http://localhost:5999", ["ConnectionStrings:rabbitmq"] = BrokerAway, [setting] = value,
            }), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_PostgreSQL_that_does_not_answer_or_an_address_that_is_none_stops_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-starts-").FullName;
        try
        {
            var sentence = await AccountTests.TwoServices.Refused("Grievances", new Dictionary<string, string>
            {
                ["Mode"] = "demonstration", ["DataFolder"] = folder, ["Issuer"] = "http://localhost:5999", ["ConnectionStrings:rabbitmq"] = BrokerAway,
                ["ConnectionStrings:grievances"] = "Host=127.0.0.1;Port=1;Database=none;Username=nobody;Password=not-the-password",
            });
            var address = await AccountTests.TwoServices.Refused("Grievances", new Dictionary<string, string> { ["Mode"] = "demonstration", ["DataFolder"] = folder, ["Issuer"] = "http://localhost:5999", ["ConnectionStrings:rabbitmq"] = BrokerAway }, "--urls=5999");

            Assert.Contains("urls names 5999, which is no address to listen on", address, StringComparison.Ordinal);
            Assert.Contains("The PostgreSQL of ConnectionStrings:grievances does not answer now", sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("not-the-password", sentence, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Whoever_asks_for_help_gets_it_and_starts_nothing()
    {
        var start = new System.Diagnostics.ProcessStartInfo(StartedProgram.Executable("AllInOne")) { RedirectStandardOutput = true };
        start.ArgumentList.Add("--help");
        using var program = System.Diagnostics.Process.Start(start)!;

        Assert.Contains("--migrate", await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, program.ExitCode);
    }

    [Fact]
    public async Task A_wrong_account_stops_the_start_and_no_password_is_said()
    {
        Assert.SkipUnless(Running.CanRunSeparately, "Needs TEST_POSTGRES and TEST_RABBITMQ.");
        var right = services.Settings("suppliers");
        var (database, broker) = (right["ConnectionStrings:suppliers"], right["ConnectionStrings:rabbitmq"]);
        foreach (var (setting, value, said) in new[]
        {
            ("ConnectionStrings:suppliers-migrator", With(database, b => b.Password = "not-the-password"), "PostgreSQL refuses the account of ConnectionStrings:suppliers-migrator"),
            ("ConnectionStrings:suppliers", With(database, b => b.Password = "not-the-password"), "PostgreSQL refuses the account of ConnectionStrings:suppliers"),
            ("ConnectionStrings:suppliers-migrator", With(database, b => b.Database = "none"), "The database that ConnectionStrings:suppliers-migrator names does not exist"),
            ("ConnectionStrings:rabbitmq", broker.Replace("//", "//x", StringComparison.Ordinal), "of ConnectionStrings:rabbitmq: its name or its password is wrong."),
            ("ConnectionStrings:rabbitmq", broker + "x", "of ConnectionStrings:rabbitmq into the virtual host"),
        })
        {
            var sentence = await AccountTests.TwoServices.Refused("Suppliers", new Dictionary<string, string>(right) { [setting] = value });

            Assert.Contains(said, sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("not-the-password", sentence, StringComparison.Ordinal);
        }
    }

    private static string With(string connection, Action<NpgsqlConnectionStringBuilder> change)
    {
        var all = new NpgsqlConnectionStringBuilder(connection);
        change(all);
        return all.ConnectionString;
    }
}

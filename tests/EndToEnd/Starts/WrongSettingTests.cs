using Npgsql;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Starts;

/// <summary>A wrong setting stops the start of a real process with one sentence that names it.</summary>
public sealed class WrongSettingTests(AccountTests.TwoServices services) : IClassFixture<AccountTests.TwoServices>
{
    /// <summary>Given, and nobody is there: that is no reason not to start.</summary>
    private const string BrokerAway = "amqp://nobody:nothing@127.0.0.1:1/";

    /// <summary>The same of a database, which is met only after every setting was looked at.</summary>
    private const string DatabaseAway = "Host=127.0.0.1;Port=1;Database=none;Username=nobody;Password=not-the-password";

    [Theory]
    [InlineData("Mode", "production", "Mode must be 'demonstration' or 'operation'.")]
    [InlineData("Issuer", "the office", "Issuer is no address")]
    [InlineData("Issuer", "http://people.example", "Issuer would be read over http from another machine")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_ENDPOINT is no address")]
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
    [InlineData("Grievances:SmallestGroup", "ten", "Grievances:SmallestGroup must be a whole number, and is 'ten'.")]
    [InlineData("Grievances:CasesADay", "99999999999", "Grievances:CasesADay must be a whole number, and is '99999999999'.")]
    [InlineData("Mail:Smtp:Port", "smtp", "Mail:Smtp:Port must be a whole number, and is 'smtp'.")]
    [InlineData("ConfirmedForMinutes", "soon", "ConfirmedForMinutes must be a whole number, and is 'soon'.")]
    [InlineData("Messaging:Prefetch", "abc", "Messaging:Prefetch must be a whole number, and is 'abc'.")]
    [InlineData("Grievances:SmallestGroup", "4", "Grievances:SmallestGroup must be at least 5.")]
    [InlineData("Messaging:Prefetsch", "20", "There is no setting Messaging:Prefetsch. Messaging:Prefetch was perhaps meant.")]
    [InlineData("Messaging:Prefetch", "0", "Messaging:Prefetch must be 1 to 1000.")]
    [InlineData("ConnectionStrings:rabbitmq", "", "ConnectionStrings:rabbitmq is missing: this service runs alone")]
    [InlineData("Grievences:SmallestGroup", "12", "There are no settings under Grievences; Grievances was perhaps meant.")]
    [InlineData("Restord", "r3", "There is no setting Restord; Restored was perhaps meant.")]
    [InlineData("Isuer", "http://localhost:1", "There is no setting Isuer; Issuer was perhaps meant.")]
    [InlineData("AccessTokenType:0", "JWT", "There are no settings under AccessTokenType; AccessTokenTypes was perhaps meant.")]
    [InlineData("Mail:Sever", "mail.example.org", "There is no setting Mail:Sever. There are From, Smtp, Tries.")]
    [InlineData("Mail:Smtp:Hots", "mail.example.org", "There is no setting Mail:Smtp:Hots. Mail:Smtp:Host was perhaps meant.")]
    [InlineData("Logging:LogLevel:Default", "Loud", "Logging:LogLevel:Default must be one of Trace, Debug,")]
    [InlineData("Logging:Console:LogLevel:Microsoft", "Loud", "Logging:Console:LogLevel:Microsoft must be one of")]
    [InlineData("ConnectionStrings:grievances", "", "ConnectionStrings:grievances is missing: this service runs alone")]
    [InlineData("ConnectionStrings:erasure", "", "ConnectionStrings:erasure is missing: this service runs alone")]
    [InlineData("DataFolder", "", "DataFolder is empty: name a folder, or take the setting out.")]
    [InlineData("DataFolder", "/dev/null", "The folder /dev/null cannot be made or written: name one that can with DataFolder.")]
    [InlineData("DataFolder", "/proc", "The folder /proc cannot be made or written: name one that can with DataFolder.")]
    [InlineData("DataFolder", "/dev/null/data", "/dev/null/data cannot be made or written: name one that can with DataFolder.")]
    public async Task It_stops_the_start(string setting, string value, string said)
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-starts-").FullName;
        try
        {
            Assert.Contains(said, await AccountTests.TwoServices.Refused("Grievances", new Dictionary<string, string>(Right(folder)) { [setting] = value }), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("Services:risk", "foo", "Services:risk is no address: write http(s)://HOST:PORT.")]
    [InlineData("Services:foo", "http://localhost:1", "There is no setting Services:foo. There are accreditation,")]
    [InlineData("Servces:risk", "http://localhost:1", "There are no settings under Servces; Services was perhaps meant.")]
    [InlineData("Mode", "prod", "Mode must be 'demonstration' or 'operation'.")]
    [InlineData("Logging:LogLevel:Default", "Loud", "Logging:LogLevel:Default must be one of")]
    public async Task It_stops_the_start_of_the_gateway_too(string setting, string value, string said) =>
        Assert.Contains(said, await AccountTests.TwoServices.Refused("Gateway", new Dictionary<string, string> { [setting] = value }), StringComparison.Ordinal);

    [Theory]
    [InlineData("There is no option --bogus. --help lists what can be given.", "--bogus")]
    [InlineData("There is no option --port. --help lists what can be given.", "--port=5000")]
    [InlineData("--Mode needs a value: --Mode VALUE.", "--Mode")]
    [InlineData("--DataFolder needs a value: --DataFolder VALUE.", "--DataFolder", "--Mode=demonstration")]
    [InlineData("Nobody reads the argument demonstration.", "demonstration")]
    public async Task So_does_an_argument_that_nobody_reads(string said, params string[] arguments) =>
        Assert.Contains(said, await AccountTests.TwoServices.Refused("AllInOne", new Dictionary<string, string>(), arguments), StringComparison.Ordinal);

    /// <summary>Healthy on a file of its own, it would lack all that is kept and take half of the events from the one that has it.</summary>
    [Theory]
    [InlineData("Accreditation")]
    [InlineData("Identity")]
    [InlineData("Register")]
    [InlineData("Reports")]
    [InlineData("Risk")]
    [InlineData("Suppliers")]
    [InlineData("Web")]
    public async Task A_service_alone_does_not_begin_on_a_file_of_its_own(string service)
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-starts-").FullName;
        try
        {
            var settings = Right(folder);
            settings["Mode"] = "operation";
            settings[$"ConnectionStrings:{service.ToLowerInvariant()}"] = "";
            var said = $"ConnectionStrings:{service.ToLowerInvariant()} is missing";

            Assert.Contains(said, await AccountTests.TwoServices.Refused(service, settings), StringComparison.Ordinal);
            Assert.Contains(said, await AccountTests.TwoServices.Refused(service, settings, "--migrate"), StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task One_that_had_such_a_file_goes_on_with_it()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-starts-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "register.db"), "", TestContext.Current.CancellationToken);

            // What is wrong besides is said only when the database is not.
            var said = await AccountTests.TwoServices.Refused("Register", new Dictionary<string, string>(Right(folder)) { ["ConnectionStrings:rabbitmq"] = "" });

            Assert.Contains("ConnectionStrings:rabbitmq is missing", said, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Where_the_metadata_are_of_another_issuer_or_none_the_log_says_which_settings_to_set_right()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-metadata-").FullName;
        try
        {
            var address = new Uri($"http://localhost:{Running.FreePort()}/");
            var settings = new Dictionary<string, string> { ["DataFolder"] = folder, ["IssuerReadEverySeconds"] = "1" };
            await using (var other = new StartedProgram("AllInOne", address, new Dictionary<string, string>(settings) { ["Issuer"] = "https://people.example", ["MetadataAddress"] = $"{address}health/live" }))
                await other.Says($"No token can be accepted by what {address}health/live says: nothing that could be read has come from there");
            await using var issuer = await TestIssuer.Start();
            await using (var other = new StartedProgram("AllInOne", address, new Dictionary<string, string>(settings) { ["Issuer"] = "https://people.example", ["MetadataAddress"] = $"{issuer.Address}/.well-known/openid-configuration" }))
                await other.Says($"it speaks for the issuer {issuer.Address}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("/proc/nope/list")]
    [InlineData("/dev/null/list")]
    public async Task A_list_of_erasures_that_cannot_be_written_stops_the_start(string list)
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-starts-").FullName;
        try
        {
            var said = await AccountTests.TwoServices.Refused("AllInOne", new Dictionary<string, string>
            {
                ["Mode"] = "operation", ["DataFolder"] = folder, ["Issuer"] = "http://localhost:5999", ["Grievances:ErasureList"] = list,
            });

            Assert.Contains($"The list of erasures {list} cannot be written: name a file that can with Grievances:ErasureList.", said, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("5999")]
    [InlineData("nonsense")]
    [InlineData("http://localhost:99999")]
    public async Task An_address_to_listen_on_that_is_none_stops_the_start(string urls)
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-starts-").FullName;
        try
        {
            var settings = Right(folder);
            settings.Remove("Issuer");

            Assert.Contains($"urls names {urls}, which is no address to listen on", await AccountTests.TwoServices.Refused("Grievances", settings, $"--urls={urls}"), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_PostgreSQL_that_does_not_answer_stops_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-starts-").FullName;
        try
        {
            var sentence = await AccountTests.TwoServices.Refused("Grievances", Right(folder));

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
            ("ConnectionStrings:suppliers-migrator", With(database, b => b.Password = null), "The account of ConnectionStrings:suppliers-migrator does not get into PostgreSQL: No password"),
            ("ConnectionStrings:suppliers-migrator", With(database, b => b.Database = "none"), "The database that ConnectionStrings:suppliers-migrator names does not exist"),
            ("ConnectionStrings:suppliers-migrator", With(database, b => b.Database = services.DatabaseOf("risk")), "The database that ConnectionStrings:suppliers-migrator names is another program's"),
            ("ConnectionStrings:suppliers", With(database, b => b.Database = services.DatabaseOf("risk")), "The database that ConnectionStrings:suppliers names is another program's"),
            ("ConnectionStrings:rabbitmq", services.Settings("risk")["ConnectionStrings:rabbitmq"], "of ConnectionStrings:rabbitmq what this service needs there"),
            ("ConnectionStrings:rabbitmq", broker.Replace("//", "//x", StringComparison.Ordinal), "of ConnectionStrings:rabbitmq: its name or its password is wrong."),
            ("ConnectionStrings:rabbitmq", broker + "x", "of ConnectionStrings:rabbitmq into the virtual host"),
        })
        {
            var sentence = await AccountTests.TwoServices.Refused("Suppliers", new Dictionary<string, string>(right) { [setting] = value });

            Assert.Contains(said, sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("not-the-password", sentence, StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, string> Right(string folder) => new()
    {
        ["Mode"] = "demonstration", ["DataFolder"] = folder, ["Issuer"] = "http://localhost:5999", ["ConnectionStrings:rabbitmq"] = BrokerAway,
        ["ConnectionStrings:grievances"] = DatabaseAway, ["ConnectionStrings:erasure"] = DatabaseAway.Replace("none", "keys", StringComparison.Ordinal),
    };

    private static string With(string connection, Action<NpgsqlConnectionStringBuilder> change)
    {
        var all = new NpgsqlConnectionStringBuilder(connection);
        change(all);
        return all.ConnectionString;
    }
}

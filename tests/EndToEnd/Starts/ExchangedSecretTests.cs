using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Starts;

/// <summary>Whoever exchanges a secret under which things are kept learns it at the start, and not when nothing of them opens.</summary>
public sealed class ExchangedSecretTests
{
    private static readonly string[] Names =
        ["accreditation-evidence", "data-protection", "mail", "party-pepper", "receipt-pepper", "release-key", "reports-files", "suppliers-files", "suppliers-invitations", "webhooks"];

    [Fact]
    public async Task Another_secret_than_the_databases_were_begun_with_stops_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-secrets-").FullName;
        try
        {
            var settings = new Dictionary<string, string> { ["Mode"] = "operation", ["DataFolder"] = folder };
            await Starts(settings);
            // The keys of cookies are made when they are first asked for: by the second start.
            await Starts(settings);
            var others = Names.ToDictionary(n => $"Secrets:{n}", _ => new string('x', 50));

            var said = await AccountTests.TwoServices.Refused("AllInOne", new Dictionary<string, string>(settings.Concat(others)));

            // The first of each service: they are looked at side by side.
            foreach (var name in new[] { "accreditation-evidence", "receipt-pepper", "reports-files", "suppliers-files" }) Assert.Contains($"'Secrets:{name}' is another one than this database was begun with", said, StringComparison.Ordinal);
            foreach (var name in Names) Assert.Contains($"'Secrets:{name}'", await AccountTests.TwoServices.Refused("AllInOne", new Dictionary<string, string>(settings) { [$"Secrets:{name}"] = new('x', 50) }), StringComparison.Ordinal);
            await Starts(settings);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Starts(Dictionary<string, string> settings)
    {
        await using var program = new StartedProgram("AllInOne", new Uri($"http://localhost:{Running.FreePort()}/"), settings);
        await program.Answers("health/ready");
    }
}

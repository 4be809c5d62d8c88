using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform.Tests.Hosting;

public sealed class SecretsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-secrets-").FullName;

    [Fact]
    public void A_secret_is_made_once_and_kept() => Assert.Equal(Secrets().Get("pepper"), Secrets().Get("pepper"));

    [Fact]
    public void Two_secrets_differ() => Assert.NotEqual(Secrets().Get("pepper"), Secrets().Get("release-key"));

    [Fact]
    public void Only_the_owner_reads_a_secret_file()
    {
        Secrets().Get("pepper");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "secrets", "pepper")));
    }

    [Fact]
    public void Only_the_owner_enters_the_folder_of_secrets()
    {
        Secrets().Get("pepper");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(folder, "secrets")));
    }

    [Fact]
    public void A_secret_given_by_the_operator_is_used_and_not_written_down()
    {
        Assert.Equal("given", Secrets(new() { ["Secrets:pepper"] = "given" }).Get("pepper"));
        Assert.False(File.Exists(Path.Combine(folder, "secrets", "pepper")));
    }

    [Fact]
    public void Processes_that_start_together_agree_on_a_secret()
    {
        // Each race is over in microseconds, so one would seldom show a fault.
        for (var race = 0; race < 200; race++)
        {
            using var start = new Barrier(4);
            var all = new string[start.ParticipantCount];
            var racers = all.Select((_, i) => new Thread(() =>
            {
                start.SignalAndWait();
                all[i] = Secrets().Get($"pepper-{race}");
            })).ToList();
            foreach (var racer in racers) racer.Start();
            foreach (var racer in racers) racer.Join();

            Assert.Single(all.Distinct());
        }
        Assert.Equal(200, Directory.GetFiles(Path.Combine(folder, "secrets")).Length);
    }

    [Fact]
    public void A_secret_that_is_gone_is_not_made_anew_and_the_start_says_which()
    {
        Secrets().Get("pepper");
        Secrets().Get("release-key");
        Assert.Null(Secrets().Gone());
        File.Delete(Path.Combine(folder, "secrets", "pepper"));

        var refused = Assert.Throws<InvalidOperationException>(() => Secrets().Get("pepper"));

        Assert.Contains(Path.Combine("secrets", "pepper"), refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, Secrets().Gone());
        Assert.False(File.Exists(Path.Combine(folder, "secrets", "pepper")));
        Assert.Null(Secrets(new() { ["Secrets:pepper"] = "given" }).Gone());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Secrets Secrets(Dictionary<string, string?>? given = null) => new(
        new ConfigurationBuilder().AddInMemoryCollection(given ?? []).Build(), Options.Create(new PlatformOptions { DataFolder = folder }));
}

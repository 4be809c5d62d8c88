using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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

    [Fact]
    public void A_secret_that_protects_nothing_or_cannot_be_read_stops_the_start_wherever_it_stands()
    {
        var good = Secrets(new() { ["Secrets:reports-signing"] = SigningPair(), ["Secrets:webhooks"] = new string('x', 32) });
        good.Get("receipt-pepper");
        Assert.Null(good.Unusable());

        Assert.Contains("Secrets:webhooks is shorter than 32", Secrets(new() { ["Secrets:webhooks"] = new string('x', 31) }).Unusable(), StringComparison.Ordinal);
        // Two pairs mixed: what it signed could never be verified.
        var (one, other) = (SigningPair(), SigningPair());
        Assert.Contains("Secrets:reports-signing is not what signs a report", Secrets(new()
        {
            ["Secrets:reports-signing"] = string.Concat(one.AsSpan(0, one.IndexOf("-----BEGIN CERT", StringComparison.Ordinal)), other.AsSpan(other.IndexOf("-----BEGIN CERT", StringComparison.Ordinal))),
        }).Unusable(), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "secrets", "receipt-pepper"), "");
        Assert.Contains($"{Path.Combine(folder, "secrets", "receipt-pepper")} is shorter than 32", Secrets().Unusable(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string SigningPair()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=Somebody", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        return $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n";
    }

    private Secrets Secrets(Dictionary<string, string?>? given = null) => new(
        new ConfigurationBuilder().AddInMemoryCollection(given ?? []).Build(), Options.Create(new PlatformOptions { DataFolder = folder }));
}

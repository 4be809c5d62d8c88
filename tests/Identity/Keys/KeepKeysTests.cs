using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Identity.Keys;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Keys;

/// <summary>Replicas have the same keys, and those from before there was a table go on.</summary>
public sealed class KeepKeysTests
{
    [Fact]
    public async Task Replicas_that_start_at_one_moment_agree()
    {
        await using var host = await ServiceHost<Program>.Start("identity");
        await using (var scope = host.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<IdentityDb>().Keys.ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        var replicas = Enumerable.Range(0, 6).Select(_ => new KeyRing()).Select(ring => ActivatorUtilities.CreateInstance<KeepKeys>(host.Services, ring)).ToList();

        await Task.WhenAll(replicas.Select(r => Task.Run(() => r.Look(CancellationToken.None))));

        await using var after = host.Services.CreateAsyncScope();
        var keys = await after.ServiceProvider.GetRequiredService<IdentityDb>().Keys.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([IssuerKey.Encryption, IssuerKey.Signing], keys.Select(k => k.Use).Order(StringComparer.Ordinal));
        foreach (var replica in replicas) replica.Dispose();
    }

    [Fact]
    public async Task A_replica_with_another_secret_does_not_start()
    {
        var app = new KeysApp();
        await app.InitializeAsync();
        try
        {
            await File.WriteAllTextAsync(app.SecretFile("issuer-keys"), "another-text-of-thirty-two-bytes-or-more", TestContext.Current.CancellationToken);

            var start = await Assert.ThrowsAsync<InvalidOperationException>(app.Restart);

            Assert.Contains("'Secrets:issuer-keys' is another one", start.Message, StringComparison.Ordinal);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    [Fact]
    public async Task Keys_that_were_files_before_go_on_so_that_nobody_signs_in_again()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var app = new FromFiles(pair.ExportPkcs8PrivateKeyPem());
        await app.InitializeAsync();

        var token = await app.MachineToken();

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(pair.ExportSubjectPublicKeyInfo()))[..16], KeysApp.KeyOf(token));
        await using var db = app.Open();
        var encryption = await db.Keys.AsNoTracking().SingleAsync(k => k.Use == IssuerKey.Encryption, TestContext.Current.CancellationToken);
        Assert.Equal(SHA256.HashData("an-old-text-of-thirty-two-bytes-or-more"u8), encryption.Open(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(app.Secret("issuer-keys")))));
    }

    /// <summary>As an installation of before left its data folder.</summary>
    private sealed class FromFiles(string pem) : KeysApp
    {
        protected override void Arrange(Dictionary<string, string> settings)
        {
            base.Arrange(settings);
            Directory.CreateDirectory(Path.GetDirectoryName(SecretFile("token-signing-key"))!);
            File.WriteAllText(SecretFile("token-signing-key"), pem);
            File.WriteAllText(SecretFile("token-encryption-key"), "an-old-text-of-thirty-two-bytes-or-more");
        }
    }
}

using Recruitment.Platform.Tests.Due;

namespace Recruitment.Platform.Tests.Databases;

/// <summary>A process that has a database and lost the secret of what is in it does not make another.</summary>
public sealed class NeededSecretTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-needed-").FullName;
    private readonly MovedTime time = new();

    private string Secrets => Path.Combine(folder, "secrets");

    [Fact]
    public async Task A_mail_that_waits_needs_the_secret_that_it_was_sealed_with()
    {
        var secret = await Begin(db => db.SendMail("anna@example.org", "Please look", "Words"), "mail");

        Assert.Contains("'Secrets:mail' is missing", await Refused(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Secrets, "mail")));
        await using var given = await Workplace.Open(folder, time, answers: true, settings: ["--Secrets:mail", secret]);
    }

    [Fact]
    public async Task So_does_a_webhook()
    {
        var key = new byte[32];
        await Begin(db => db.Add(Webhook.Open(Guid.CreateVersion7(), "https://example.org/told", ["thing.done"], key, time.Now).Opened));

        Assert.Contains("'Secrets:webhooks' is missing", await Refused(), StringComparison.Ordinal);
    }

    /// <summary>As after an upgrade that brings a secret, or where nothing that it made is kept any more.</summary>
    [Fact]
    public async Task A_secret_that_nothing_in_the_database_needs_is_made_as_ever()
    {
        await Begin(db => db.Add(new Note { Subject = "of something else" }));

        await using var place = await Workplace.Open(folder, time, answers: true);
        await place.In(db =>
        {
            db.SendMail("anna@example.org", "Please look", "Words");
            return Task.CompletedTask;
        });
        Assert.True(File.Exists(Path.Combine(Secrets, "mail")));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Does something, and leaves the database without its secrets; says what that secret was.</summary>
    private async Task<string> Begin(Action<WorkDb> act, string? secret = null)
    {
        await using (var place = await Workplace.Open(folder, time, answers: true))
        {
            await place.In(async db =>
            {
                act(db);
                await db.SaveChangesAsync();
            });
        }
        var was = secret is null ? "" : await File.ReadAllTextAsync(Path.Combine(Secrets, secret), TestContext.Current.CancellationToken);
        foreach (var gone in new[] { "secrets", "secrets-made" }.Select(f => Path.Combine(folder, f)).Where(Directory.Exists)) Directory.Delete(gone, recursive: true);
        return was;
    }

    private async Task<string> Refused() => (await Assert.ThrowsAsync<InvalidOperationException>(() => Workplace.Open(folder, time, answers: true))).Message;
}

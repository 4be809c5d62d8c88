using Microsoft.EntityFrameworkCore;
using Recruitment.Platform.Tests.Due;

namespace Recruitment.Platform.Tests.Databases;

/// <summary>A process that has a database and lost the secret of what is in it does not make another.</summary>
public sealed class NeededSecretTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-needed-").FullName;
    private readonly MovedTime time = new();
    private readonly Dictionary<string, string> was = [];

    private string Secrets => Path.Combine(folder, "secrets");

    [Fact]
    public async Task A_mail_that_waits_needs_the_secret_that_it_was_sealed_with()
    {
        var secret = await Begin(db => db.SendMail("anna@example.org", "Please look", "Words"), "mail");

        Assert.Contains("'Secrets:mail' is missing", await Refused(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Secrets, "mail")));
        await using var given = await Workplace.Open(folder, time, answers: true, settings: ["--Secrets:mail", secret, "--Secrets:webhooks", was["webhooks"]]);
    }

    [Fact]
    public async Task So_does_a_webhook()
    {
        var key = new byte[32];
        await Begin(db => db.Add(Webhook.Open(Guid.CreateVersion7(), "https://example.org/told", ["thing.done"], key, time.Now).Opened), marks: false);

        Assert.Contains("'Secrets:webhooks' is missing", await Refused(), StringComparison.Ordinal);
    }

    /// <summary>It would open nothing, and be healthy: every webhook would fail, one after the other.</summary>
    [Theory]
    [InlineData("mail")]
    [InlineData("webhooks")]
    public async Task One_that_is_another_than_the_database_was_begun_with_stops_the_start_too(string name)
    {
        var secret = await Begin(db => db.Add(new Note { Subject = "of something else" }), name);
        var both = new[] { "mail", "webhooks" }.ToDictionary(n => n, n => n == name ? new string('x', 50) : was[n]);

        var said = await Refused([.. both.Select(s => $"--Secrets:{s.Key}={s.Value}")]);

        Assert.Contains($"'Secrets:{name}' is another one than this database was begun with", said, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Secrets));
        await using var right = await Workplace.Open(folder, time, answers: true, settings: [.. was.Select(s => $"--Secrets:{s.Key}={s.Value}")]);
    }

    [Fact]
    public async Task A_database_without_marks_gets_those_of_the_first_that_starts_and_what_it_marks_says_nothing_of_the_secret()
    {
        var secret = await Begin(db => db.Add(new Note { Subject = "of something else" }), "mail", marks: false);

        List<string> marks = [];
        await using (var place = await Workplace.Open(folder, time, answers: true, settings: [$"--Secrets:mail={secret}"]))
            await place.In(async db => marks = await db.Set<Mark>().Where(m => m.Name == "mail").Select(m => m.Value).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Matches("^[0-9a-f]{64}$", Assert.Single(marks));
        Assert.Contains("'Secrets:mail' is another one", await Refused([$"--Secrets:mail={new string('x', 50)}"]), StringComparison.Ordinal);
    }

    /// <summary>As after an upgrade that brings a secret.</summary>
    [Fact]
    public async Task A_secret_that_nothing_in_the_database_needs_is_made_as_ever()
    {
        await Begin(db => db.Add(new Note { Subject = "of something else" }), marks: false);

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
    private async Task<string> Begin(Action<WorkDb> act, string? secret = null, bool marks = true)
    {
        await using (var place = await Workplace.Open(folder, time, answers: true))
        {
            await place.In(async db =>
            {
                act(db);
                await db.SaveChangesAsync();
                if (!marks) await db.Set<Mark>().ExecuteDeleteAsync();
            });
        }
        foreach (var file in Directory.GetFiles(Secrets)) was[Path.GetFileName(file)] = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        foreach (var gone in new[] { "secrets", "secrets-made" }.Select(f => Path.Combine(folder, f)).Where(Directory.Exists)) Directory.Delete(gone, recursive: true);
        return secret is null ? "" : was[secret];
    }

    private async Task<string> Refused(params string[] settings) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => Workplace.Open(folder, time, answers: true, settings: settings))).Message;
}

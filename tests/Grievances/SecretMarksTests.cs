using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Grievances.Erasure;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests;

/// <summary>A process that has the cases and not the secrets that they were made with would find no case by its receipt, and take a report that comes again for a new one.</summary>
public sealed class SecretMarksTests : IAsyncDisposable
{
    private static readonly string[] Names = ["receipt-pepper", "party-pepper", "release-key"];
    private readonly GrievancesApp app = new();
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-marks-").FullName;
    private readonly Dictionary<string, string> databases = [];

    public SecretMarksTests()
    {
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is not { Length: > 0 } postgres) return;
        foreach (var name in new[] { "grievances", "erasure" }) databases[$"ConnectionStrings:{name}"] = $"{postgres};Database=test_{name}_{Guid.CreateVersion7():N};Maximum Pool Size=10";
    }

    private string First => Path.Combine(folder, "first");

    private string Other => Path.Combine(folder, "other");

    [Theory]
    [InlineData("receipt-pepper")]
    [InlineData("party-pepper")]
    [InlineData("release-key")]
    [InlineData("mail")]
    public async Task A_replica_without_a_secret_of_the_first_or_with_another_does_not_start(string name)
    {
        await using (await Start(First)) { }
        var all = Names.Append("mail").ToDictionary(n => $"Secrets:{n}", n => File.ReadAllText(Path.Combine(First, "secrets", n)));

        var missing = await Refused(all.Where(s => s.Key != $"Secrets:{name}"));
        var another = await Refused(all.Where(s => s.Key != $"Secrets:{name}").Append(new($"Secrets:{name}", new string('x', 43))));

        Assert.Contains($"'Secrets:{name}' is missing", missing, StringComparison.Ordinal);
        Assert.Contains($"'Secrets:{name}' is another one", another, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Other, "secrets")));
        await using var same = await Start(Other, all);
    }

    [Fact]
    public async Task Nor_on_a_database_from_before_the_marks_that_holds_what_the_secret_made()
    {
        await using (var first = await Start(First))
        {
            await using var scope = first.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<GrievancesDb>();
            db.DeletedForms.Add(DeletedForm.Of("of a case that was deleted", new(2099, 1, 1)));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await db.Marks.Where(m => m.Name != "erasure-list").ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        }

        var refused = await Refused([]);

        Assert.Contains("'Secrets:receipt-pepper' is missing", refused, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Other, "secrets")));
        // What it holds nothing of is made as ever, and marked.
        await using var given = await Start(Other, new() { ["Secrets:receipt-pepper"] = File.ReadAllText(Path.Combine(First, "secrets", "receipt-pepper")) });
        await using var after = given.Services.CreateAsyncScope();
        Assert.Equal(Names.Append("erasure-list").Append("mail").Order(StringComparer.Ordinal),
            (await after.ServiceProvider.GetRequiredService<GrievancesDb>().Marks.Select(m => m.Name).ToListAsync(TestContext.Current.CancellationToken)).Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<string> Refused(IEnumerable<KeyValuePair<string, string>> secrets) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => Start(Other, new(secrets)))).Message;

    /// <summary>On the same databases, whichever the folder: on SQLite they are copied there, and nothing with them.</summary>
    private Task<ServiceHost<Program>> Start(string data, Dictionary<string, string>? secrets = null)
    {
        Directory.CreateDirectory(data);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (data != First && databases.Count == 0) foreach (var file in Directory.GetFiles(First, "*.db*")) File.Copy(file, Path.Combine(data, Path.GetFileName(file)), overwrite: true);
        var settings = new Dictionary<string, string>(databases) { ["DataFolder"] = data, ["Grievances:ErasureList"] = Path.Combine(folder, "erasure-list") };
        foreach (var (name, value) in secrets ?? []) settings[name] = value;
        return app.Start(settings, erasureStore: false);
    }
}

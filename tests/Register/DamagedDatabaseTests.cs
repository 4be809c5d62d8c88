using System.Globalization;
using Recruitment.Testing;

namespace Recruitment.Register.Tests;

/// <summary>A database file that is none any more stops the start with a sentence that names it and the way back.</summary>
public sealed class DamagedDatabaseTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-damaged-").FullName;

    [Fact]
    public async Task A_damaged_file_is_named_and_left_as_it_is()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 }, "There is no file on PostgreSQL.");
        var file = Path.Combine(folder, "register.db");
        var garbage = string.Join('\n', Enumerable.Range(0, 2000).Select(i => i.ToString(CultureInfo.InvariantCulture)));
        await File.WriteAllTextAsync(file, garbage, TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ServiceHost<Program>.Start("register", new Dictionary<string, string> { ["DataFolder"] = folder }));

        Assert.Contains($"The database {file} is damaged", refused.Message, StringComparison.Ordinal);
        Assert.Contains("./run restore", refused.Message, StringComparison.Ordinal);
        Assert.Equal(garbage, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_in_its_place_is_named()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 }, "There is no file on PostgreSQL.");
        var file = Directory.CreateDirectory(Path.Combine(folder, "register.db")).FullName;

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ServiceHost<Program>.Start("register", new Dictionary<string, string> { ["DataFolder"] = folder }));

        Assert.Contains($"{file} is a folder", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_gone_or_empty_is_not_begun_anew(bool emptied)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 }, "There is no file on PostgreSQL.");
        var settings = new Dictionary<string, string> { ["DataFolder"] = folder };
        await using (await ServiceHost<Program>.Start("register", settings)) { }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools(); // as another process would find it
        var file = Path.Combine(folder, "register.db");
        foreach (var part in Directory.GetFiles(folder, "register.db*")) File.Delete(part);
        if (emptied) await File.WriteAllBytesAsync(file, [], TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ServiceHost<Program>.Start("register", settings));

        Assert.Contains($"The database {file} was there before", refused.Message, StringComparison.Ordinal);
        // Nor at the start after that.
        await Assert.ThrowsAsync<InvalidOperationException>(() => ServiceHost<Program>.Start("register", settings));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

using System.Globalization;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests.Erasure;

/// <summary>A file of erasure keys that was lost is not begun anew: every case would be there, and none could be read.</summary>
public sealed class LostKeysTests : IAsyncDisposable
{
    private readonly GrievancesApp app = new();
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-keys-").FullName;

    private string Keys => Path.Combine(folder, "erasure.db");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keys_that_are_gone_or_empty_stop_the_start_and_the_next(bool emptied)
    {
        GrievancesApp.NeedsItsFiles();
        await using (await Start()) { }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools(); // as another process would find it
        File.Delete(Keys);
        if (emptied) await File.WriteAllBytesAsync(Keys, [], TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(Start);

        Assert.Contains($"The database {Keys} was there before", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(Start);
    }

    [Fact]
    public async Task Damaged_keys_are_named_and_left_as_they_are()
    {
        GrievancesApp.NeedsItsFiles();
        var garbage = string.Join('\n', Enumerable.Range(0, 2000).Select(i => i.ToString(CultureInfo.InvariantCulture)));
        await File.WriteAllTextAsync(Keys, garbage, TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(Start);

        Assert.Contains($"The database {Keys} is damaged", refused.Message, StringComparison.Ordinal);
        Assert.Equal(garbage, await File.ReadAllTextAsync(Keys, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private Task<ServiceHost<Program>> Start() => app.Start(new() { ["DataFolder"] = folder });
}

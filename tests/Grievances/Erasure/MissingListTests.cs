using Recruitment.Testing;

namespace Recruitment.Grievances.Tests.Erasure;

/// <summary>What workers deleted stays deleted through a restore only with the list of it, so nothing starts where that list cannot be or is not there.</summary>
public sealed class MissingListTests : IAsyncDisposable
{
    private readonly GrievancesApp app = new();
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-list-").FullName;

    private string List => Path.Combine(folder, "erasure-list");

    [Fact]
    public async Task In_operation_on_PostgreSQL_the_service_refuses_to_keep_the_list_in_the_folder_of_one_process()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TEST_POSTGRES") is null or "", "needs PostgreSQL");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Start(new() { ["Mode"] = "operation" }));

        Assert.Contains("'Grievances:ErasureList'", refused.Message, StringComparison.Ordinal);
        await using var told = await Start(new() { ["Mode"] = "operation", ["Grievances:ErasureList"] = List });
        Assert.True(File.Exists(List));
    }

    [Fact]
    public async Task A_restore_named_by_a_setting_does_not_begin_an_empty_list()
    {
        var settings = new Dictionary<string, string> { ["Restored"] = "2026-11-28", ["Grievances:ErasureList"] = List };

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Start(new(settings)));

        Assert.Contains($"There is no list of erasures {List}", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(List));
        await File.WriteAllTextAsync(List, "", TestContext.Current.CancellationToken);
        await using var brought = await Start(settings);
    }

    [Fact]
    public async Task Nor_does_one_named_in_the_data_folder()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "restored"), "20261128T190000Z", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Start(new() { ["DataFolder"] = folder }));

        Assert.Contains("came back by the restore '20261128T190000Z'", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(List));
    }

    [Fact]
    public async Task A_list_that_was_there_and_is_lost_is_not_begun_anew()
    {
        var settings = SameDatabases();
        settings["Grievances:ErasureList"] = List;
        await using (await Start(new(settings))) Assert.True(File.Exists(List));
        File.Delete(List);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Start(new(settings)));

        Assert.Contains($"There is no list of erasures {List}, and there was one", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(List));
    }

    [Theory]
    [InlineData("a shopping list")]
    [InlineData("0b5e2a4c-6f0e-4f5a-9a43")]
    [InlineData("locked 0b5e2a4c-6f0e-4f5a-9a43-2f1f0c9d8e7b")]
    [InlineData("ABCDEFGHABCDEFGHABCDEFGHABCDEFGHABCDEFGHABCDEFGHABCDEFGHABCDEFGH")]
    public async Task A_list_that_is_cut_off_or_another_file_stops_the_start_and_is_named(string line)
    {
        await File.WriteAllTextAsync(List, $"{Guid.CreateVersion7()}\n{line}\n", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Start(new() { ["Grievances:ErasureList"] = List }));

        Assert.Contains($"Line 2 of the list of erasures {List} is none of ours", refused.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>As after a restart, on either kind of database.</summary>
    private Dictionary<string, string> SameDatabases() => Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } postgres
        ? new() { ["DataFolder"] = folder, ["ConnectionStrings:grievances"] = $"{postgres};Database=test_grievances_{Guid.CreateVersion7():N};Maximum Pool Size=10" }
        : new() { ["DataFolder"] = folder };

    private Task<ServiceHost<Program>> Start(Dictionary<string, string> settings) => app.Start(settings);
}

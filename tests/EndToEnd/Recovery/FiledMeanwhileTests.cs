using System.Net;
using Microsoft.Data.Sqlite;
using Recruitment.AllInOne.Backups;
using Recruitment.AllInOne.Demonstration;
using Recruitment.EndToEnd.Tests.Demonstration;

namespace Recruitment.EndToEnd.Tests.Recovery;

/// <summary>A worker who presses send while a backup runs does not wait for it.</summary>
public sealed class FiledMeanwhileTests : IAsyncLifetime
{
    private static readonly Telling Told = new("en", "Rung Fah Seafood Processing", "wages", "Two months without pay.", SafeNow: true);
    private readonly string shelf = Directory.CreateTempSubdirectory("recruitment-backups-").FullName;
    private readonly Loaded product = new(cases: 0);

    public ValueTask InitializeAsync() => product.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await product.DisposeAsync();
        Directory.Delete(shelf, recursive: true);
    }

    [Fact]
    public async Task A_report_is_filed_and_one_deleted_while_the_databases_are_copied_and_every_copied_case_has_its_key()
    {
        using var form = new WorkerForm(product.Running.Address);
        await form.File(Told, Loaded.Stop);
        var deleted = await form.File(Told, Loaded.Stop);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var goOn = new SemaphoreSlim(0);
        var backup = new Backup(product.Running.DataFolder, shelf, TimeProvider.System, _ =>
        {
            // All of them are held, and the first is copied: there it stays until somebody filed and somebody deleted.
            if (begun.TrySetResult()) goOn.Wait(Loaded.Stop);
        });

        var copying = Task.Run(backup.Take, Loaded.Stop);
        try
        {
            await Task.WhenAny(begun.Task, copying);
            await form.File(Told, Loaded.Stop);
            Assert.Equal(HttpStatusCode.NoContent, await Delete(deleted));
            Assert.False(copying.IsCompleted);
        }
        finally
        {
            goOn.Release();
        }

        var copy = await copying;
        var (cases, keys) = (await Ids(Path.Combine(copy, "grievances.db"), "SELECT \"ErasureKeyId\" FROM \"Grievances\""),
            await Ids(Directory.GetFiles(Path.Combine(shelf, "erasure-keys")).Single(), "SELECT \"Id\" FROM \"ErasureKeys\""));
        // Both of before; of the one that was deleted meanwhile the key is gone already.
        Assert.Equal(2, cases.Count);
        Assert.Single(cases.Except(keys));
    }

    private async Task<HttpStatusCode> Delete(string receipt)
    {
        using var service = await product.Entrance.Service(Loaded.Stop);
        using var answer = await service.PostAsJsonAsync(new Uri("api/v1/grievances/mailbox/deletion", UriKind.Relative), new { receipt }, Loaded.Stop);
        return answer.StatusCode;
    }

    private static async Task<IReadOnlyList<string>> Ids(string file, string sql)
    {
        await using var copy = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await copy.OpenAsync(Loaded.Stop);
        await using var read = copy.CreateCommand();
        read.CommandText = sql;
        await using var rows = await read.ExecuteReaderAsync(Loaded.Stop);
        var ids = new List<string>();
        while (await rows.ReadAsync(Loaded.Stop)) ids.Add(rows.GetString(0));
        return ids;
    }
}

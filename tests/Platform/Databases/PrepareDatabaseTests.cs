using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform.Tests.Messaging;

namespace Recruitment.Platform.Tests.Databases;

/// <summary>Replicas that start together on one empty database all start.</summary>
public sealed class PrepareDatabaseTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-prepare-").FullName;

    [Fact]
    public async Task Several_that_start_at_one_moment_agree_on_what_the_database_is()
    {
        await using var pair = await Pair.Start(folder);
        await pair.InHearer(db => db.Identities.ExecuteDeleteAsync());
        var prepare = pair.Services.GetServices<DatabasePreparation>().ToList();

        await Task.WhenAll(Enumerable.Range(0, 6).SelectMany(_ => prepare).Select(p => Task.Run(() => p.Prepare(CancellationToken.None))));

        await pair.InHearer(async db => Assert.Equal(("operation", 1), ((await db.Identities.SingleAsync()).Mode, db.Epoch)));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}

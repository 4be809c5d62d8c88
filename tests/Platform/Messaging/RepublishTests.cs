using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Messaging;

/// <summary>A publisher says everything again: each state once, through a stop in the middle, and by itself after a restore.</summary>
public sealed class RepublishTests : IDisposable
{
    private const int Rows = 1_234;
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-again-").FullName;

    [Fact]
    public async Task Every_state_is_heard_once_however_often_it_is_asked_for_at_once()
    {
        await using var pair = await Pair.Start(folder);
        await Tell(pair);

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Ask(pair))), status => Assert.Equal(HttpStatusCode.Accepted, status));
        await Done(pair);

        Assert.Equal(Rows, (await Progress(pair)).GetProperty("published").GetInt32());
        await Wait.Until(async () => await pair.Waiting() == 0 && (await pair.Heard()).Count >= Rows, "every state is heard");
        Assert.Equal(Rows, (await pair.Heard()).Count);
    }

    /// <summary>Whoever was emptied since it began would miss what was told before.</summary>
    [Fact]
    public async Task Asked_for_again_in_the_middle_it_begins_anew()
    {
        await using var pair = await Pair.Start(folder);

        await pair.InSender(async db =>
        {
            // Within one transaction, so that nothing is published between.
            await using var together = await db.Database.BeginTransactionAsync();
            await BeginRepublish.Begin(db, DateTime.UtcNow, CancellationToken.None);
            await db.Republishings.ExecuteUpdateAsync(set => set.SetProperty(r => r.Published, 500).SetProperty(r => r.After, "the last that was told"));

            await BeginRepublish.Begin(db, DateTime.UtcNow, CancellationToken.None);

            var row = await db.Republishings.AsNoTracking().SingleAsync();
            Assert.Equal((0, null, 0, null), (row.Kind, row.After, row.Published, row.DoneAt));
        });
    }

    [Fact]
    public async Task Who_has_a_state_already_takes_nothing_from_hearing_it_again()
    {
        await using var pair = await Pair.Start(folder);
        await Tell(pair, rows: 3);
        await Ask(pair);
        await Wait.Until(async () => (await pair.Heard()).Count == 3, "every state is heard");

        await Ask(pair);
        await Done(pair);
        await Wait.Until(async () => await pair.Waiting() == 0, "everything was sent");
        await pair.InSender(async db =>
        {
            db.Publish(new Told { Id = Guid.CreateVersion7(), Sequence = 1 }.State(db.Epoch));
            await db.SaveChangesAsync();
        });

        await Wait.Until(async () => (await pair.Heard()).Count == 4, "what was said after it is heard");
    }

    [Fact]
    public async Task Stopped_in_the_middle_it_goes_on_from_there()
    {
        await using (var pair = await Pair.Start(folder))
        {
            await Tell(pair);
            await Ask(pair);
            await Wait.Until(async () => (await Progress(pair)).GetProperty("published").GetInt32() > 0, "it begins");
        }

        await using var again = await Pair.Start(folder);
        await Done(again);

        Assert.Equal(Rows, (await Progress(again)).GetProperty("published").GetInt32());
        await Wait.Until(async () => (await again.Heard()).Select(h => h.RelationId).Distinct().Count() == Rows, "every state is heard");
    }

    [Fact]
    public async Task After_a_restore_an_older_state_counts_as_newer_and_all_is_said_again_once()
    {
        var relation = Guid.CreateVersion7();
        await using (var pair = await Pair.Start(folder))
        {
            await pair.InSender(async db =>
            {
                db.Publish(new Told { Id = relation, Sequence = 9 }.State(db.Epoch));
                await db.SaveChangesAsync();
            });
            await Wait.Until(async () => (await pair.Heard()).Count == 1, "the state of before is heard");
            await pair.InSender(async db =>
            {
                // As an older copy has it.
                db.Add(new Told { Id = relation, Sequence = 3 });
                await db.SaveChangesAsync();
            });
        }

        var epoch = 0;
        await using (var restored = await Pair.Start(folder, restored: "one"))
        {
            await Wait.Until(async () => (await restored.Heard()).Any(h => h.Sequence == 3), "the state of the copy is heard");
            await Done(restored);
            await restored.InSender(db => Task.FromResult(epoch = db.Epoch));
        }
        await using var started = await Pair.Start(folder, restored: "one");
        await started.InSender(db =>
        {
            Assert.Equal(epoch, db.Epoch);
            return Task.CompletedTask;
        });
        Assert.Equal(JsonValueKind.String, (await Progress(started)).GetProperty("doneAt").ValueKind);
        Assert.Equal([9, 3], (await started.Heard()).Select(h => h.Sequence));
    }

    [Fact]
    public async Task Only_an_administrator_may_ask()
    {
        await using var pair = await Pair.Start(folder);
        using var other = pair.Client(Roles.SchemeManager);

        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync(new Uri("/api/v1/sender/republish", UriKind.Relative), null)).StatusCode);
        Assert.Equal(JsonValueKind.Null, (await Progress(pair)).GetProperty("begunAt").ValueKind);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static Task Tell(Pair pair, int rows = Rows) => pair.InSender(async db =>
    {
        var brands = Enumerable.Range(0, 3).Select(_ => new Mark(Guid.NewGuid())).ToList();
        db.AddRange(Enumerable.Range(0, rows).Select(i => new Told { Brand = brands[i % 3], Id = Guid.NewGuid(), Sequence = 1 }));
        await db.SaveChangesAsync();
    });

    private static async Task<HttpStatusCode> Ask(Pair pair)
    {
        using var administrator = pair.Client(Roles.Administrator);
        using var answer = await administrator.PostAsync(new Uri("/api/v1/sender/republish", UriKind.Relative), null);
        return answer.StatusCode;
    }

    private static async Task<JsonElement> Progress(Pair pair)
    {
        using var administrator = pair.Client(Roles.Administrator);
        return await administrator.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/sender/republish", UriKind.Relative));
    }

    private static Task Done(Pair pair) => Wait.Until(async () => (await Progress(pair)).GetProperty("doneAt").ValueKind == JsonValueKind.String, "it is done");
}

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Suppliers;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Messaging;

/// <summary>A consumer of many at once hears what every other does: each subject's newest state, once, and none for another's sake not.</summary>
public sealed class ManyTests : IDisposable
{
    private const int Subjects = 120;
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-many-").FullName;

    [Fact]
    public async Task What_comes_together_is_given_together_and_an_older_state_of_a_subject_never_after_its_newest()
    {
        await using var pair = await Pair.Start(folder, many: true);
        var subjects = Enumerable.Range(0, Subjects).Select(_ => Guid.CreateVersion7()).ToList();

        await Publish(pair, subjects.SelectMany(s => new[] { Changed(s, 2), Changed(s, 1) }));
        await Wait.Until(async () => await pair.Waiting() == 0 && (await pair.Heard()).Count(h => h.Sequence == 2) == Subjects, "every newest state is heard");

        Assert.Contains(pair.Stumbles.Together, count => count > 1);
        foreach (var heard in (await pair.Heard()).GroupBy(h => h.RelationId))
        {
            Assert.Equal(heard.Select(h => h.Sequence).Distinct().Order(), heard.Select(h => h.Sequence));
        }
    }

    [Fact]
    public async Task One_that_cannot_be_handled_is_put_down_and_all_that_came_with_it_are_heard_once()
    {
        await using var pair = await Pair.Start(folder, many: true);
        pair.Stumbles.Never[7] = true;

        await Publish(pair, Enumerable.Range(0, Subjects).Select(i => Changed(Guid.CreateVersion7(), i)));
        await Wait.Until(async () => await pair.Waiting() == 0, "the outbox is empty");

        await Wait.Until(async () => (await pair.Heard()).Count == Subjects - 1, "all others are heard");
        Assert.Equal(Enumerable.Range(0, Subjects).Where(i => i != 7), (await pair.Heard()).Select(h => (int)h.Sequence).Order());
        await Wait.Until(async () =>
        {
            var letters = 0;
            await pair.InHearer(async db => letters = await db.DeadLetters.CountAsync());
            return letters == 1;
        }, "that one is put down");
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static Task Publish(Pair pair, IEnumerable<SupplyRelationChanged> events) => pair.InSender(async db =>
    {
        foreach (var happened in events) db.Publish(happened);
        await db.SaveChangesAsync();
    });

    private static SupplyRelationChanged Changed(Guid relation, long sequence) => new()
    {
        RelationId = relation, Epoch = 1, Sequence = sequence, BrandPartyId = Guid.Empty, SupplierPartyId = Guid.Empty, Status = "open",
    };
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Recruitment.Platform.Tests.Due;

namespace Recruitment.Platform.Tests.Messaging;

/// <summary>The relay looks as soon as there is something that it can see, and not before.</summary>
public sealed class WakeOnSaveTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("woken-").FullName;

    [Fact]
    public async Task What_is_saved_by_itself_wakes_the_relay_at_once_and_what_is_part_of_more_when_all_is_committed()
    {
        await using var place = await Workplace.Open(folder, new MovedTime());
        await place.In(async db =>
        {
            var signal = db.GetService<OutboxSignal>();
            var alone = signal.Next;
            await Save(db);
            Assert.True(alone.IsCompleted);

            var together = signal.Next;
            await using var open = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await Save(db);
            Assert.False(together.IsCompleted);
            await open.CommitAsync(TestContext.Current.CancellationToken);
            Assert.True(together.IsCompleted);
        });
    }

    [Fact]
    public async Task Reading_wakes_nobody()
    {
        await using var place = await Workplace.Open(folder, new MovedTime());
        await place.In(async db =>
        {
            var next = db.GetService<OutboxSignal>().Next;
            await using var open = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await db.Notes.CountAsync(TestContext.Current.CancellationToken);
            await open.CommitAsync(TestContext.Current.CancellationToken);
            Assert.False(next.IsCompleted);
        });
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task Save(WorkDb db)
    {
        db.Notes.Add(new() { Subject = "saved" });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}

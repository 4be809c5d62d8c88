using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Due;

/// <summary>Due work is done once in effect, when its time has come, whichever replica does it and whenever one dies.</summary>
public sealed class DueTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-due-").FullName;
    private readonly MovedTime time = new();

    [Fact]
    public async Task Two_replicas_do_everything_that_is_due_once()
    {
        await using var one = await Workplace.Open(folder, time);
        await using var other = await Workplace.Open(folder, time);
        var subjects = Enumerable.Range(0, 100).Select(i => $"s{i:000}").ToArray();
        await one.Ask("note", time.Now, subjects);

        await Task.WhenAll(one.Work(), other.Work());

        Assert.Equal(subjects, await one.Notes());
        Assert.Equal(0, await one.Waiting());
    }

    [Fact]
    public async Task What_dies_between_effect_and_commit_left_no_effect_and_is_done_once_by_another_when_its_lease_has_run_out()
    {
        await using var one = await Workplace.Open(folder, time);
        await using var other = await Workplace.Open(folder, time);
        await one.Ask("note", time.Now, "a");

        await one.WorkAndDie();
        await other.Work();
        Assert.Empty(await other.Notes());
        time.Move(DueRunner<WorkDb>.Lease + TimeSpan.FromSeconds(1));
        await other.Work();
        await one.Work();

        Assert.Equal(["a"], await other.Notes());
        Assert.Equal(0, await other.Waiting());
    }

    [Fact]
    public async Task Who_acted_so_long_that_another_took_over_saves_nothing_of_it()
    {
        await using var slow = await Workplace.Open(folder, time);
        await using var other = await Workplace.Open(folder, time);
        await slow.Ask("act", time.Now, "a");
        slow.Behaviour.Outside = async (_, _) =>
        {
            time.Move(DueRunner<WorkDb>.Lease + TimeSpan.FromSeconds(1));
            await other.Work(CancellationToken.None);
        };

        await slow.Work();

        Assert.Equal(["a"], await slow.Notes());
    }

    [Fact]
    public async Task What_is_asked_for_is_saved_with_the_change_that_made_it_or_not_at_all()
    {
        await using var place = await Workplace.Open(folder, time);

        await place.In(db => { db.Due("note", "never saved", time.Now); return Task.CompletedTask; });
        await place.In(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Due("note", "taken back", time.Now);
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        });
        await place.In(async db =>
        {
            var twice = new Note();
            db.Notes.AddRange(twice, new Note { Subject = "with it" });
            db.Due("note", "with it", time.Now);
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
            db.Notes.Add(new() { Id = twice.Id });
            db.Due("note", "with what failed", time.Now);
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        });
        await place.Work();

        Assert.Equal(["", "with it", "with it"], await place.Notes());
        Assert.Equal(0, await place.Waiting());
    }

    [Fact]
    public async Task The_same_work_asked_for_again_moves_and_is_called_off_with_what_made_it_needless()
    {
        await using var place = await Workplace.Open(folder, time);
        await place.Ask("note", time.Now.AddHours(1), "moved", "called off");

        await place.Ask("note", time.Now.AddHours(3), "moved");
        await place.In(async db => { db.NotDue("note", "called off"); db.NotDue("note", "never asked for"); await db.SaveChangesAsync(); });
        time.Move(TimeSpan.FromHours(2));
        await place.Work();
        Assert.Empty(await place.Notes());
        time.Move(TimeSpan.FromHours(2));
        await place.Work();

        Assert.Equal(["moved"], await place.Notes());
    }

    [Fact]
    public async Task Many_who_ask_for_the_same_at_once_get_it_once_and_none_fails()
    {
        await using var place = await Workplace.Open(folder, time);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => place.Ask("note", time.Now, "a")));
        await place.Work();

        Assert.Equal(["a"], await place.Notes());
    }

    [Fact]
    public async Task A_kind_that_nobody_registered_is_refused_before_anything_is_saved()
    {
        await using var place = await Workplace.Open(folder, time);

        await Assert.ThrowsAsync<InvalidOperationException>(() => place.Ask("no such kind", time.Now, "a"));
    }

    [Fact]
    public async Task What_hangs_holds_up_nothing_of_another_kind()
    {
        await using var place = await Workplace.Open(folder, time);
        var hangs = new TaskCompletionSource();
        place.Behaviour.Outside = (_, _) => hangs.Task;
        await place.Ask("act", time.Now.AddHours(-1), [.. Enumerable.Range(0, 60).Select(i => $"z{i:00}")]);
        await place.Ask("note", time.Now, "a");

        var working = place.Work();
        await Wait.Until(async () => (await place.Notes()).Contains("a"), "it waited behind what hangs");
        hangs.SetResult();
        await working;

        Assert.Equal(61, (await place.Notes()).Count);
    }

    [Fact]
    public async Task What_keeps_failing_holds_up_nothing_leaves_nothing_half_done_is_listed_without_its_sentence_and_done_when_it_is_mended()
    {
        await using var place = await Workplace.Open(folder, time);
        place.Behaviour.Fails["bad"] = true;
        await place.Ask("note", time.Now, "bad", "good");

        for (var i = 0; i < StuckWork.From; i++)
        {
            await place.Work();
            time.Move(TimeSpan.FromHours(2));
        }
        Assert.Equal(["good"], await place.Notes());
        await place.In(async db => Assert.Equal("InvalidOperationException", (await StuckWork.In(db).SingleAsync()).Problem));
        place.Behaviour.Fails.Clear();
        await place.Work();

        Assert.Equal(["bad", "good"], await place.Notes());
    }

    [Fact]
    public async Task An_administrator_and_nobody_else_sees_what_keeps_failing_and_has_it_tried_again_at_once()
    {
        await using var place = await Workplace.Open(folder, time, runs: true);
        await place.In(async db =>
        {
            db.Set<DueRow>().Add(new() { Id = DueRow.IdOf("note", "a"), Kind = "note", Subject = "a", DueAt = time.Now, NotBefore = time.Now.AddHours(1), Attempts = 9, Problem = "IOException" });
            await db.SaveChangesAsync();
        });
        using var client = place.Client(Roles.Administrator);
        using var nobody = place.Client(Roles.BrandAnalyst);

        using (var refused = await nobody.GetAsync(new Uri("api/v1/work/stuck-work", UriKind.Relative))) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var item = (await client.GetFromJsonAsync<JsonElement>("api/v1/work/stuck-work")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("note", 9, "IOException"), (item.GetProperty("kind").GetString(), item.GetProperty("attempts").GetInt32(), item.GetProperty("problem").GetString()));
        using (var again = await client.PostAsync(new Uri($"api/v1/work/stuck-work/{item.GetProperty("id").GetGuid()}/again", UriKind.Relative), null)) Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);

        await Wait.Until(async () => (await place.Notes()).Count == 1, "it was not tried again");
        using var gone = await client.PostAsync(new Uri($"api/v1/work/stuck-work/{Guid.CreateVersion7()}/again", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Moving_the_demonstration_clock_makes_what_became_due_run_within_seconds_and_nothing_that_goes_by_the_system_clock()
    {
        await using var place = await Workplace.Open(folder, time, runs: true);
        await place.Ask("note-by-business-clock", time.Now.AddDays(2), "business");
        await place.Ask("note", time.Now.AddDays(2), "system");

        place.Clock.MoveTo(place.Clock.Today.AddDays(3));
        await Wait.Until(async () => (await place.Notes()).Count > 0, "nothing ran");

        Assert.Equal(["business"], await place.Notes());
        Assert.Equal(1, await place.Waiting());
    }

    [Fact]
    public async Task Whatever_two_replicas_and_their_deaths_come_to_everything_asked_for_and_not_called_off_is_done_once()
    {
        await using var one = await Workplace.Open(folder, time);
        await using var other = await Workplace.Open(folder, time);
        var run = 0;

        string[] all = ["ask a", "ask b", "call off a", "one works", "other works", "both work", "one dies", "other dies", "time passes", "a lease passes"];

        await Gen.Int[0, all.Length - 1].Array[1, 12].SampleAsync(async numbers =>
        {
            var prefix = $"{Interlocked.Increment(ref run):0000}";
            var expected = new Dictionary<string, int> { ["a"] = 0, ["b"] = 0 };
            foreach (var step in numbers.Select(n => all[n]))
            {
                if (step.StartsWith("ask ", StringComparison.Ordinal))
                {
                    if (!await Waits(one, prefix + step[^1..])) expected[step[^1..]]++;
                    await one.Ask("note", time.Now.AddSeconds(step[^1] == 'a' ? 0 : 30), prefix + step[^1..]);
                }
                else if (step == "call off a")
                {
                    if (await Waits(one, prefix + "a")) expected["a"]--;
                    await other.In(async db => { db.NotDue("note", prefix + "a"); await db.SaveChangesAsync(); });
                }
                else await Step(step, one, other);
            }
            time.Move(TimeSpan.FromHours(2));
            await Task.WhenAll(one.Work(), other.Work());
            var notes = await one.Notes();

            Assert.Equal(expected["a"], notes.Count(n => n == prefix + "a"));
            Assert.Equal(expected["b"], notes.Count(n => n == prefix + "b"));
        }, iter: 40, threads: 1);
    }

    private async Task Step(string step, Workplace one, Workplace other)
    {
        switch (step)
        {
            case "one works": await one.Work(); break;
            case "other works": await other.Work(); break;
            case "both work": await Task.WhenAll(one.Work(), other.Work()); break;
            case "one dies": await one.WorkAndDie(); break;
            case "other dies": await other.WorkAndDie(); break;
            case "time passes": time.Move(TimeSpan.FromSeconds(40)); break;
            default: time.Move(DueRunner<WorkDb>.Lease + TimeSpan.FromSeconds(1)); break;
        }
    }

    private static async Task<bool> Waits(Workplace place, string subject)
    {
        var waits = false;
        await place.In(async db => waits = await db.Set<DueRow>().AnyAsync(r => r.Subject == subject));
        return waits;
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}

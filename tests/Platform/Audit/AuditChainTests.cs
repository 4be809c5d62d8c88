using System.Globalization;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform.Tests.Audit;

/// <summary>Every act has one place in its organisation's chain, whichever replica gives it and whichever dies at it; and whatever is done to a chain afterwards is found.</summary>
public sealed class AuditChainTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("office-").FullName;
    /// <summary>Two organisations, in the order in which their chains are looked at, and none.</summary>
    private readonly Guid[] parties = [.. new[] { Guid.CreateVersion7(), Guid.CreateVersion7() }.OrderBy(p => $"{p}", StringComparer.Ordinal), Guid.Empty];
    private Office one = null!;
    private Office two = null!;

    public async ValueTask InitializeAsync() => (one, two) = (await Office.Open(folder), await Office.Open(folder));

    public async ValueTask DisposeAsync()
    {
        await one.DisposeAsync();
        await two.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private enum Step { Act, Refuse, Fail, Seal, SealTogether, DieSealing }

    [Fact]
    public async Task Whatever_happens_in_whichever_order_every_act_is_there_once_and_the_chains_are_whole()
    {
        var acts = Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 2], Gen.Bool);
        await acts.Array[1, 25].SampleAsync(async steps =>
        {
            var before = (Things: await one.Things(), Entries: (await one.Entries()).Count);
            var (done, refused) = (0, 0);
            foreach (var (step, party, first) in steps)
            {
                var office = first ? one : two;
                using var client = office.Client(party: parties[party] == Guid.Empty ? null : parties[party], subject: $"{Guid.CreateVersion7()}");
                switch (step)
                {
                    case Step.Act: (await client.PostAsync($"things/{Guid.CreateVersion7()}", null)).Dispose(); done++; break;
                    case Step.Refuse: (await client.PostAsync("rule", null)).Dispose(); refused++; break;
                    case Step.Fail: (await client.PostAsync("bug", null)).Dispose(); break;
                    case Step.Seal: await office.Seal(); break;
                    case Step.SealTogether: await Task.WhenAll(one.Seal(), two.Seal()); break;
                    default: await Die(office); break;
                }
            }
            await Task.WhenAll(one.Seal(), two.Seal());

            var entries = await one.Entries();
            var verified = await two.Verify();
            Assert.Equal(done, await one.Things() - before.Things);
            Assert.Equal(done + refused, entries.Count - before.Entries);
            Assert.Equal(entries.Count, entries.Select(e => e.Id).Distinct().Count());
            Assert.Null(verified.Wrong);
            Assert.Equal((0L, (long)entries.Count), (verified.Waiting, verified.Entries));
        }, iter: 40, threads: 1);
    }

    /// <summary>Sealing, but stopped somewhere in the middle.</summary>
    private static async Task Die(Office office)
    {
        await office.With(async db =>
        {
            await using var dies = await db.Database.BeginTransactionAsync();
            foreach (var (i, entry) in (await db.Set<AuditEntry>().Where(e => e.Sequence == null).ToListAsync()).Index()) entry.Seal(900_000 + i, [1]);
            await db.SaveChangesAsync(); // and the process is gone before it commits
            return 0;
        });
    }

    public static TheoryData<string, string, string> Tamperings => new()
    {
        { "a word changed", "UPDATE \"AuditTrail\" SET \"Who\" = 'somebody else' WHERE {3}", "changed" },
        { "a time changed", "UPDATE \"AuditTrail\" SET \"At\" = '2020-01-01 00:00:00Z' WHERE {3}", "changed" },
        { "an outcome changed", "UPDATE \"AuditTrail\" SET \"Outcome\" = 'refused' WHERE {3}", "changed" },
        { "a session taken out", "UPDATE \"AuditTrail\" SET \"Session\" = NULL WHERE {3}", "changed" },
        { "one removed", "DELETE FROM \"AuditTrail\" WHERE {3}", "missing" },
        { "the first removed", "DELETE FROM \"AuditTrail\" WHERE {1}", "missing" },
        { "the last removed", "DELETE FROM \"AuditTrail\" WHERE {6}", "end" },
        { "all removed", "DELETE FROM \"AuditTrail\" WHERE {party}", "end" },
        { "two swapped", "UPDATE \"AuditTrail\" SET \"Sequence\" = 99 WHERE {3}; UPDATE \"AuditTrail\" SET \"Sequence\" = 3 WHERE {4}; UPDATE \"AuditTrail\" SET \"Sequence\" = 4 WHERE {99}", "not_in_place" },
        { "one moved to another organisation", "UPDATE \"AuditTrail\" SET \"Party\" = {other} WHERE {6}", "end" },
        { "one put in at the end", "INSERT INTO \"AuditTrail\" SELECT {new}, \"At\", \"Epoch\", \"Who\", \"Party\", \"Session\", \"What\", \"About\", \"Outcome\", 7, \"Hash\", \"Hash\" FROM \"AuditTrail\" WHERE {6}", "changed" },
        { "the end moved back with the last", "DELETE FROM \"AuditTrail\" WHERE {6}; UPDATE \"AuditHeads\" SET \"Sequence\" = 5 WHERE \"Party\" = {this}", "end" },
        { "the end forgotten", "DELETE FROM \"AuditHeads\" WHERE \"Party\" = {this}", "end" },
    };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task Whatever_somebody_with_all_rights_at_the_database_changes_is_found(string what, string sql, string why)
    {
        var (mine, other) = (parties[0], parties[1]);
        using (var client = one.Client(party: mine, session: "s")) for (var i = 0; i < 6; i++) (await client.PostAsync("nothing", null)).Dispose();
        using (var client = one.Client(party: other)) (await client.PostAsync("nothing", null)).Dispose();
        await one.Seal();
        Assert.Null((await one.Verify()).Wrong);

        await WithoutTriggers(Filled(sql, mine, other));

        var wrong = (await one.Verify()).Wrong;
        Assert.NotNull(wrong);
        Assert.True(wrong.PartyId == mine && wrong.Why == why, $"{what}: {wrong}");
    }

    [Fact]
    public async Task After_a_restore_the_chain_goes_on_and_says_so()
    {
        using (var client = one.Client(party: parties[0])) (await client.PostAsync("nothing", null)).Dispose();
        await one.Seal();
        await using var restored = await Office.Open(folder, "--Restored", "of-today");
        using (var client = restored.Client(party: parties[0])) (await client.PostAsync("nothing", null)).Dispose();
        await restored.Seal();

        var verified = await restored.Verify();

        Assert.Null(verified.Wrong);
        var restore = Assert.Single(verified.Restores);
        Assert.Equal((parties[0], 2L), (restore.PartyId, restore.First));
    }

    private static string Filled(string sql, Guid mine, Guid other)
    {
        var sqlite = Environment.GetEnvironmentVariable("TEST_POSTGRES") is not { Length: > 0 };
        string Id(Guid id) => sqlite ? $"'{id.ToString().ToUpperInvariant()}'" : $"'{id}'";
        foreach (var place in new[] { 1, 3, 4, 6, 99 })
            sql = sql.Replace(string.Create(CultureInfo.InvariantCulture, $"{{{place}}}"), string.Create(CultureInfo.InvariantCulture, $"\"Party\" = {Id(mine)} AND \"Sequence\" = {place}"), StringComparison.Ordinal);
        sql = sql.Replace("{party}", $"\"Party\" = {Id(mine)}", StringComparison.Ordinal).Replace("{this}", Id(mine), StringComparison.Ordinal).Replace("{other}", Id(other), StringComparison.Ordinal).Replace("{new}", Id(Guid.CreateVersion7()), StringComparison.Ordinal);
        // The order of columns is the database's own.
        return sql.Replace("INSERT INTO \"AuditTrail\" SELECT", Insert, StringComparison.Ordinal);
    }

    private const string Insert = "INSERT INTO \"AuditTrail\" (\"Id\", \"At\", \"Epoch\", \"Who\", \"Party\", \"Session\", \"What\", \"About\", \"Outcome\", \"Sequence\", \"Previous\", \"Hash\") SELECT";

    /// <summary>As whoever owns the server could.</summary>
    private Task<int> WithoutTriggers(string sql) => one.With(async db =>
    {
        if (db.Database.IsSqlite())
        {
            string[] triggers = ["AuditTrailAdded", "AuditTrailSealed", "AuditTrailKept", "AuditHeadsMoved", "AuditHeadsKept"];
            await db.Database.ExecuteSqlRawAsync(string.Concat(triggers.Select(t => "DROP TRIGGER \"" + t + "\"; ")));
        }
        else
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"AuditTrail\" DISABLE TRIGGER USER; ALTER TABLE \"AuditHeads\" DISABLE TRIGGER USER");
        }
        return await db.Database.ExecuteSqlRawAsync(sql);
    });
}

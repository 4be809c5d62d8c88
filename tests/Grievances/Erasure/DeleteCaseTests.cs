using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Recruitment.Grievances.Cases;
using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Intake;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests.Erasure;

public sealed class DeleteCaseTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    [Fact]
    public async Task A_deleted_case_is_gone_for_its_readers_and_its_code_is_as_unknown_as_any_other()
    {
        var (id, receipt, _) = await Answered();

        using (var deleted = await app.Post("/mailbox/deletion", new { receipt })) Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        using var opened = await app.Mai.Client.GetAsync(new Uri($"/api/v1/grievances/{id}/sealed", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, opened.StatusCode);
        Assert.DoesNotContain(id, await app.Mai.List());
        using var mailbox = await app.Post("/mailbox", new { receipt });
        Assert.Contains("receipt-unknown", await mailbox.Content.ReadAsStringAsync());
        await using var db = app.Db();
        Assert.Empty(await db.Messages.Where(m => m.GrievanceId == id).ToListAsync());
        Assert.Empty(await db.CaseKeys.Where(k => k.GrievanceId == id).ToListAsync());
        Assert.Empty(await db.DueErasures.ToListAsync());
    }

    [Fact]
    public async Task A_restored_backup_of_the_cases_cannot_be_read_with_every_handlers_key_and_the_receipt()
    {
        var (id, receipt, backup) = await Answered();
        (await app.Post("/mailbox/deletion", new { receipt })).Dispose();

        await Restore(backup);

        foreach (var reader in new[] { app.Mai, app.Somchai })
        {
            using var opened = await reader.Client.GetAsync(new Uri($"/api/v1/grievances/{id}/sealed", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, opened.StatusCode);
            var copy = backup.Keys.Single(k => k.ReaderId == reader.Id).Sealed;
            Assert.ThrowsAny<CryptographicException>(() => Hpke.Open(reader.Keys.PrivateKey, Sealing.CaseKeyInfo, Sealing.Of(id), copy));
        }
        var receiptKey = app.Host.Services.GetRequiredService<ReceiptKeys>().Of(Receipt.Read(receipt)!).PrivateKey;
        var reply = backup.Messages.Single(m => m.SealedForWorker is not null).SealedForWorker!;
        Assert.ThrowsAny<CryptographicException>(() => Hpke.Open(receiptKey, Sealing.ReplyInfo, Sealing.Of(id), reply));
        using var mailbox = await app.Post("/mailbox", new { receipt });
        Assert.Equal(HttpStatusCode.NotFound, mailbox.StatusCode);
    }

    [Fact]
    public async Task The_same_backup_is_readable_as_long_as_nothing_was_deleted()
    {
        var (id, _, backup) = await Answered();
        await using (var db = app.Db())
        {
            db.Remove(await db.Grievances.Include(g => g.Keys).Include(g => g.Messages).SingleAsync(g => g.Id == id));
            await db.SaveChangesAsync();
        }

        await Restore(backup);

        Assert.Equal("They keep my passport", (await app.Mai.Read(id)).GetProperty("text").GetString());
    }

    [Fact]
    public async Task When_both_databases_are_restored_the_next_start_deletes_again_before_intake_opens()
    {
        var (id, receipt, backup) = await Answered();
        var key = await Key(backup.ErasureKeyId);
        (await app.Post("/mailbox/deletion", new { receipt })).Dispose();
        await Restore(backup);
        using (var scope = app.Host.Services.CreateScope())
        {
            var store = scope.ServiceProvider.GetRequiredService<ErasureDb>();
            store.Add(key!);
            await store.SaveChangesAsync();
        }

        await app.Host.Services.GetServices<IHostedService>().OfType<ReplayErasures>().Single().StartingAsync(CancellationToken.None);

        Assert.Null(await Key(backup.ErasureKeyId));
        await using var db = app.Db();
        Assert.False(await db.Grievances.AnyAsync(g => g.Id == id));
    }

    [Fact]
    public async Task No_file_holds_the_key_after_the_deletion()
    {
        GrievancesApp.NeedsItsFiles();
        var (_, receipt, backup) = await Answered();
        var key = (await Key(backup.ErasureKeyId))!.Key;
        (await app.Post("/mailbox/deletion", new { receipt })).Dispose();

        var raw = Encoding.Latin1.GetString(key);
        foreach (var (_, content) in await RawFiles.In(app.Host.DataFolder)) Assert.DoesNotContain(raw, content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_case_counts_no_more()
    {
        var receipt = await app.Confirmed(Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var db = app.Db();
        var before = await db.Contributions.CountAsync();

        (await app.Post("/mailbox/deletion", new { receipt })).Dispose();

        Assert.Equal(before - 1, await db.Contributions.CountAsync());
    }

    [Fact]
    public async Task A_case_that_is_being_deleted_can_be_counted_no_more()
    {
        var site = Guid.CreateVersion7();
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        await app.Mai.Name(id, app.Owner(site));
        var token = await app.Mai.Token(id);
        Task<HttpResponseMessage> deletion;
        // Another replica is writing the list: the deletion waits there, with the rest of it done.
        await using (var held = new FileStream(Path.Combine(app.Host.DataFolder, "erasure-list.lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None))
        {
            deletion = app.Post("/mailbox/deletion", new { receipt });
            await using var db = app.Db();
            await Wait.Until(async () => !await db.Grievances.AnyAsync(g => g.Id == id), "the case is still there");

            using var confirmed = await app.Mai.Confirm(id, token, site);

            Assert.Equal(HttpStatusCode.NotFound, confirmed.StatusCode);
            Assert.False(deletion.IsCompleted);
        }
        using var deleted = await deletion;
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await AssertNothingCounts(token);
    }

    [Fact]
    public async Task Deleted_while_it_is_confirmed_or_answered_or_written_to_a_case_is_gone_at_the_first_asking_and_counts_nowhere()
    {
        var site = Guid.CreateVersion7();
        for (var i = 0; i < 8; i++)
        {
            var receipt = "";
            var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
            await app.Mai.Name(id, app.Owner(site));
            var token = await app.Mai.Token(id);

            var meanwhile = new[] { app.Mai.Confirm(id, token, site), app.Post("/mailbox/messages", new { receipt, messageId = Guid.CreateVersion7(), text = "more" }) };
            using var deleted = await app.Post("/mailbox/deletion", new { receipt });
            foreach (var answer in await Task.WhenAll(meanwhile)) answer.Dispose();

            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
            await using var db = app.Db();
            Assert.False(await db.Grievances.AnyAsync(g => g.Id == id));
            await AssertNothingCounts(token);
        }
    }

    [Fact]
    public async Task A_deletion_cut_off_before_its_key_went_is_ended_by_the_next_start()
    {
        var (id, _, backup) = await Answered();
        await using (var db = app.Db())
        {
            db.Remove(await db.Grievances.Include(g => g.Keys).Include(g => g.Messages).SingleAsync(g => g.Id == id));
            db.Add(new DueErasure { ErasureKeyId = backup.ErasureKeyId });
            await db.SaveChangesAsync();
        }

        await app.Host.Services.GetServices<IHostedService>().OfType<ReplayErasures>().Single().StartingAsync(CancellationToken.None);

        Assert.Null(await Key(backup.ErasureKeyId));
        Assert.Contains(backup.ErasureKeyId, app.Host.Services.GetRequiredService<ErasureList>().Keys());
        await using var after = app.Db();
        Assert.Empty(await after.DueErasures.ToListAsync());
    }

    [Fact]
    public async Task In_operation_on_PostgreSQL_the_service_refuses_to_keep_these_keys_in_a_file()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TEST_POSTGRES") is null or "", "needs PostgreSQL");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Start(new() { ["Mode"] = "operation" }, erasureStore: false));

        Assert.Contains("erasure", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_PostgreSQL_the_service_refuses_to_keep_these_keys_in_the_database_of_the_cases()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TEST_POSTGRES") is null or "", "needs PostgreSQL");
        var one = $"{Environment.GetEnvironmentVariable("TEST_POSTGRES")};Database=test_shared_{Guid.CreateVersion7():N};Maximum Pool Size=10";

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => app.Start(new() { ["ConnectionStrings:grievances"] = one, ["ConnectionStrings:erasure"] = one }, erasureStore: false));

        Assert.Contains("'erasure' names the database of the cases", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_that_start_together_make_the_store_of_keys_once()
    {
        var stop = TestContext.Current.CancellationToken;
        var fresh = new DbContextOptionsBuilder<ErasureDb>();
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } postgres) fresh.UseNpgsql($"{postgres};Database=test_together_{Guid.CreateVersion7():N};Maximum Pool Size=10");
        else fresh.UseSqlite($"Data Source={Path.Combine(app.Host.DataFolder, "together.db")}");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var replica = new ErasureDb(fresh.Options);
            await replica.Prepare(new("erasure", null, null), stop);
            replica.Add(new ErasureKey { Id = RandomId.New(), Key = AtRest.NewKey() });
            await replica.SaveChangesAsync(stop);
        }, stop)));

        await using var after = new ErasureDb(fresh.Options);
        Assert.Equal(4, await after.Keys.CountAsync(stop));
    }

    [Fact]
    public async Task Replicas_that_delete_at_the_same_time_lose_no_line_of_the_list()
    {
        var replicas = Enumerable.Range(0, 4).Select(_ => ActivatorUtilities.CreateInstance<ErasureList>(app.Host.Services)).ToList();
        var ids = Enumerable.Range(0, 40).Select(_ => RandomId.New()).ToList();

        await Task.WhenAll(ids.Select((id, i) => Task.Run(() => replicas[i % replicas.Count].Add([id.ToString()], TestContext.Current.CancellationToken))));

        Assert.Empty(ids.Except(replicas[0].Keys()));
        Assert.Equal(replicas[0].Keys().Order(), replicas[0].Keys());
    }

    [Theory]
    [InlineData("deletion")]
    [InlineData("withdrawal")]
    public async Task While_it_cannot_be_listed_nothing_is_deleted_and_she_is_told_so(string what)
    {
        var (_, receipt, _) = await Answered();
        var list = Path.Combine(app.Host.DataFolder, "erasure-list");
        File.Move(list, $"{list}.away");
        using (var refused = await app.Post($"/mailbox/{what}", new { receipt })) Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        using (var mailbox = await app.Post("/mailbox", new { receipt })) Assert.Equal(HttpStatusCode.OK, mailbox.StatusCode);

        File.Move($"{list}.away", list);

        using var done = await app.Post($"/mailbox/{what}", new { receipt });
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
    }

    private async Task<(Guid Id, string Receipt, Grievance Backup)> Answered()
    {
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        (await app.Mai.Reply(id, "come on Sunday")).Dispose();
        await using var db = app.Db();
        return (id, receipt, await db.Grievances.AsNoTracking().Include(g => g.Keys).Include(g => g.Messages).SingleAsync(g => g.Id == id));
    }

    private async Task AssertNothingCounts(string token)
    {
        var hash = app.Host.Services.GetRequiredService<KeyedHashes>().OfTokenInContribution(token);
        await using var db = app.Db();
        Assert.False(await db.Contributions.AnyAsync(c => c.TokenHash == hash));
    }

    private async Task Restore(Grievance backup)
    {
        await using var db = app.Db();
        db.Add(backup);
        db.AddRange(backup.Keys);
        db.AddRange(backup.Messages);
        await db.SaveChangesAsync();
    }

    private async Task<ErasureKey?> Key(Guid id)
    {
        using var scope = app.Host.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<ErasureDb>().Keys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id);
    }
}

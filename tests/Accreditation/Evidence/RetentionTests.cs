using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Testing;

namespace Recruitment.Accreditation.Tests.Evidence;

/// <summary>Evidence is kept until a stated day and then destroyed; what it was, and its hash, stay. Each test has a clock of its own.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private const string Root = AccreditationApp.Root;
    private readonly AccreditationApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private DateOnly Today => app.Today;

    [Fact]
    public async Task A_decision_says_until_when_the_files_it_rests_on_are_kept()
    {
        var (recruiter, id, _) = await app.Audited();
        var before = await Line(recruiter, id);
        (await AccreditationApp.Decision(app.Decider(), id)).EnsureSuccessStatusCode();

        Assert.Equal(Today.AddMonths(24), before.On);
        Assert.Equal(Today.AddMonths(12), (await Line(recruiter, id)).On);
    }

    [Fact]
    public async Task An_audit_that_is_sent_back_decides_nothing_about_the_files()
    {
        var (recruiter, id, _) = await app.Audited();
        (await AccreditationApp.Decision(app.Decider(), id, "returned")).EnsureSuccessStatusCode();

        Assert.Equal(Today.AddMonths(24), (await Line(recruiter, id)).On);
    }

    [Fact]
    public async Task A_rejection_is_a_decision_too()
    {
        var (recruiter, id) = await app.Submitted();
        (await app.SchemeManager().PostAsJsonAsync($"{Root}/applications/{id}/review", new { outcome = "rejected", reason = "Not a recruiter." })).EnsureSuccessStatusCode();

        Assert.Equal(Today.AddMonths(12), (await Line(recruiter, id)).On);
    }

    [Fact]
    public async Task On_its_day_the_content_is_destroyed_and_says_so_and_description_and_hash_stay()
    {
        var (recruiter, id, _) = await app.Granted();
        var kept = await Line(recruiter, id);
        var path = $"{Root}/applications/{id}/evidence/{kept.Id}";
        await app.Reach(kept.On.AddDays(-1));
        Assert.Equal(AccreditationApp.Licence, await app.Recruiter(recruiter).GetByteArrayAsync(path));

        await app.Reach(kept.On);

        var gone = await app.Recruiter(recruiter).GetAsync(path);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Equal("urn:recruitment:evidence-destroyed", await AccreditationApp.Problem(gone));
        var after = await Line(recruiter, id);
        Assert.Equal(kept.On, after.DestroyedOn);
        Assert.Equal((kept.Sha256, "Operating licence"), (after.Sha256, after.Description));
        await using var scope = app.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccreditationDb>();
        Assert.Empty(await db.EvidenceChunks.Where(c => c.EvidenceId == kept.Id).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty((await db.Evidence.SingleAsync(e => e.Id == kept.Id, TestContext.Current.CancellationToken)).WrappedKey);
    }

    [Fact]
    public async Task A_draft_given_up_loses_its_files_and_then_misses_them()
    {
        var (recruiter, id) = await app.Answered();
        (await AccreditationApp.Attach(app.Recruiter(recruiter), id, AccreditationApp.Licence)).EnsureSuccessStatusCode();

        await app.Reach((await Line(recruiter, id)).On);

        var answer = await app.Recruiter(recruiter).PostAsync($"{Root}/applications/{id}/submit", null);
        Assert.Equal("urn:recruitment:application-incomplete", await AccreditationApp.Problem(answer));
        var application = await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}");
        Assert.Equal("A1-01", Assert.Single(application!["missing"]!.AsArray())!["indicator"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_file_of_a_release_without_such_a_day_gets_one_and_is_not_destroyed_before()
    {
        var (recruiter, id) = await app.Submitted();
        await using (var scope = app.Host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<AccreditationDb>().Evidence.Where(e => e.ApplicationId == id)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.DestroyOn, (DateOnly?)null), TestContext.Current.CancellationToken);
        }

        await app.DestroyWhatIsDue();

        var line = await Line(recruiter, id);
        Assert.Equal(Today.AddMonths(24), line.On);
        Assert.Null(line.DestroyedOn);
    }

    [Fact]
    public async Task What_was_destroyed_is_not_left_in_the_data_folder()
    {
        var (recruiter, id, _) = await app.Granted();
        var kept = await Line(recruiter, id);
        byte[] sealedChunk;
        await using (var scope = app.Host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AccreditationDb>();
            // Only where the database is a file of ours can its raw content be looked at.
            if (!db.Database.IsSqlite()) return;
            sealedChunk = (await db.EvidenceChunks.SingleAsync(c => c.EvidenceId == kept.Id, TestContext.Current.CancellationToken)).Sealed;
        }
        var trace = Encoding.Latin1.GetString(sealedChunk);
        Assert.Contains(await RawFiles.In(app.Host.DataFolder), f => f.Content.Contains(trace, StringComparison.Ordinal));

        await app.Reach(kept.On);
        await using (var scope = app.Host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<AccreditationDb>().Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", TestContext.Current.CancellationToken);

        Assert.DoesNotContain(await RawFiles.In(app.Host.DataFolder), f => f.Content.Contains(trace, StringComparison.Ordinal));
    }

    private async Task<(Guid Id, DateOnly On, DateOnly? DestroyedOn, string Sha256, string Description)> Line(Guid recruiter, Guid id)
    {
        var line = (await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!["evidence"]![0]!;
        return (line["id"]!.GetValue<Guid>(), DateOnly.Parse(line["destroyOn"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture),
            line["destroyedOn"] is { } day ? DateOnly.Parse(day.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture) : null, line["sha256"]!.GetValue<string>(), line["description"]!.GetValue<string>());
    }
}

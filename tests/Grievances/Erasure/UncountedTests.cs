using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Signals;

namespace Recruitment.Grievances.Tests.Erasure;

/// <summary>What a worker took out of the count stays out, whatever backup is restored.</summary>
public sealed class UncountedTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    [Theory]
    [InlineData("/mailbox/deletion")]
    [InlineData("/mailbox/withdrawal")]
    public async Task Restored_from_a_backup_it_is_gone_again_before_intake_opens_and_another_workers_part_stays(string road)
    {
        var receipt = await app.Confirmed(Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var db = app.Db();
        var known = await db.Contributions.AsNoTracking().ToListAsync();
        await app.Confirmed(Guid.CreateVersion7(), Guid.CreateVersion7());
        (await app.Post(road, new { receipt })).Dispose();
        var kept = await db.Contributions.AsNoTracking().ToListAsync();
        var taken = known.Single(c => kept.TrueForAll(k => k.Id != c.Id));
        Assert.Empty(await db.DueUncounts.ToListAsync());

        db.Add(Contribution.Of(taken.TokenHash, taken.Sealed));
        await db.SaveChangesAsync();
        await app.Host.Services.GetServices<IHostedService>().OfType<ReplayErasures>().Single().StartingAsync(CancellationToken.None);

        Assert.Equal(kept.Select(c => c.TokenHash).Order(), await db.Contributions.Select(c => c.TokenHash).Order().ToListAsync());
    }

    [Fact]
    public async Task A_mailbox_restored_from_before_it_was_locked_is_locked_again_and_her_own_form_still_finds_it()
    {
        var (receipt, form) = (await app.Receipt(), Guid.CreateVersion7());
        var told = new { receipt, language = "th", text = "he has seen my code", formId = form };
        (await app.Post("", told)).Dispose();
        await using var db = app.Db();
        var before = await db.Grievances.AsNoTracking().OrderByDescending(g => g.Version).Select(g => new { g.Id, g.LookupId }).ToListAsync();
        (await app.Post("/mailbox/lock", new { receipt })).Dispose();
        var id = (await db.Grievances.AsNoTracking().Where(g => g.Locked).Select(g => new { g.Id, g.LookupId }).ToListAsync()).Single(g => before.Any(b => b.Id == g.Id && b.LookupId != g.LookupId)).Id;
        var code = before.Single(b => b.Id == id).LookupId;
        await db.Grievances.Where(g => g.Id == id).ExecuteUpdateAsync(set => set.SetProperty(g => g.Locked, false).SetProperty(g => g.LookupId, code));
        using (var opens = await app.Post("/mailbox", new { receipt })) Assert.Equal(HttpStatusCode.OK, opens.StatusCode);

        await app.Host.Services.GetServices<IHostedService>().OfType<ReplayErasures>().Single().StartingAsync(CancellationToken.None);

        using var box = await app.Post("/mailbox", new { receipt });
        using var again = await app.Post("", told);
        Assert.Equal(HttpStatusCode.NotFound, box.StatusCode);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_case_restored_from_before_the_withdrawal_can_be_counted_no_more()
    {
        var (site, receipt) = (Guid.CreateVersion7(), "");
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        (await app.Mai.Name(id, app.Owner(site))).Dispose();
        var token = await app.Mai.Token(id);
        string before;
        await using (var db = app.Db()) before = (await db.Grievances.SingleAsync(g => g.Id == id)).TokenHash;
        (await app.Post("/mailbox/withdrawal", new { receipt })).Dispose();
        await using (var db = app.Db()) await db.Grievances.Where(g => g.Id == id).ExecuteUpdateAsync(set => set.SetProperty(g => g.TokenHash, before));

        using var confirmed = await app.Mai.Confirm(id, token, site);

        Assert.Equal(HttpStatusCode.Conflict, confirmed.StatusCode);
        Assert.Contains("no-consent-to-count", await confirmed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_says_only_a_keyed_hash_among_sorted_lines()
    {
        var receipt = await app.Confirmed(Guid.CreateVersion7(), Guid.CreateVersion7());
        (await app.Post("/mailbox/deletion", new { receipt })).Dispose();

        var lines = await File.ReadAllLinesAsync(Path.Combine(app.Host.DataFolder, "erasure-list"));

        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
        Assert.All(lines, line => Assert.Matches("^([0-9a-f]{64}|[0-9a-f-]{36}|locked [0-9a-f-]{36} [0-9a-f]{64})$", line));
        Assert.Contains(lines, line => line.Length == 64);
    }
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Signals;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests.Signals;

/// <summary>Each test has a service of its own: releases move its clock.</summary>
public sealed class ReleaseTests : IAsyncLifetime
{
    private readonly GrievancesApp app = new();
    private readonly Guid site = Guid.CreateVersion7();
    private readonly Guid accused = Guid.CreateVersion7();

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        app.Suppliers.Sites[site] = 400;
        app.Suppliers.Owners[site] = accused;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task K_minus_one_cases_release_nothing_whoever_filed_them()
    {
        await Confirm(9);
        // The adversary may file as many more as he likes: what no reader confirms as independent does not count.
        for (var i = 0; i < 3; i++)
        {
            var id = await GrievancesApp.Only(app.Mai, () => app.File());
            await app.Mai.Name(id, accused);
            using var refused = await app.Mai.Confirm(id, await app.Mai.Token(id), site, independent: false);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        await app.Release();

        Assert.Empty(await app.Signals());
    }

    [Fact]
    public async Task K_cases_release_one_band_once_and_leave_nothing_to_subtract()
    {
        await Confirm(10);
        await app.Release();

        var cell = Assert.Single(Assert.Single(await app.Signals()).Cells);
        Assert.Equal(("site", site, "documents", "10-19"), (cell.SubjectKind, cell.SubjectId, cell.TopicGroup, cell.Band));
        await using (var db = app.Db()) Assert.Empty(await db.Contributions.ToListAsync());

        await Confirm(1);
        await app.Release();
        Assert.Single(await app.Signals());
    }

    [Fact]
    public async Task A_day_of_release_that_comes_while_the_work_looks_is_due_at_once()
    {
        await using var scope = app.Host.Services.CreateAsyncScope();
        var clock = scope.ServiceProvider.GetRequiredService<BusinessClock>();
        var work = scope.ServiceProvider.GetRequiredService<ReleaseWhenDue>();
        await work.Act("", TestContext.Current.CancellationToken);

        clock.MoveTo((await scope.ServiceProvider.GetRequiredService<ReleaseSignals>().Upcoming(TestContext.Current.CancellationToken)).DueOn);

        Assert.True(await work.Do("", TestContext.Current.CancellationToken) <= clock.Now);
    }

    [Fact]
    public async Task However_many_look_for_the_next_release_at_once_one_is_drawn_and_none_waits_behind_another()
    {
        for (var quarter = 0; quarter < 20; quarter++)
        {
            await using (var db = app.Db()) await db.DueReleases.ExecuteUpdateAsync(set => set.SetProperty(d => d.DoneOn, new DateOnly(2026, 1, 1)), TestContext.Current.CancellationToken);
            var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Next)));

            Assert.Single(found.Distinct());
            await using var after = app.Db();
            Assert.Equal(1, await after.DueReleases.CountAsync(d => d.DoneOn == null, TestContext.Current.CancellationToken));
        }

        async Task<string> Next()
        {
            await using var scope = app.Host.Services.CreateAsyncScope();
            return (await scope.ServiceProvider.GetRequiredService<ReleaseSignals>().Upcoming(TestContext.Current.CancellationToken)).Period;
        }
    }

    [Fact]
    public async Task A_release_that_fails_fails_again_at_once_until_it_succeeds_so_that_it_is_seen_among_stuck_work()
    {
        await Confirm(10);
        await MakeDue();
        app.Suppliers.IsAway = true;
        for (var i = 0; i < 2; i++) await Assert.ThrowsAnyAsync<Exception>(DoWhatIsDue);
        Assert.Empty(await app.Signals());

        app.Suppliers.IsAway = false;
        await DoWhatIsDue();

        Assert.Single(await app.Signals());
    }

    [Fact]
    public async Task Whoever_releases_a_quarter_that_another_has_released_meanwhile_releases_nothing()
    {
        var other = Guid.CreateVersion7();
        while (other.CompareTo(site) < 0) other = Guid.CreateVersion7();
        (app.Suppliers.Sites[site], app.Suppliers.Sites[other]) = (10, 400);
        await Confirm(10);
        for (var i = 0; i < 10; i++) await app.Confirmed(other, accused);
        await MakeDue();
        var asked = false;
        app.Suppliers.WhileAskedForASite = async about =>
        {
            if (about != other || asked) return;
            asked = true;
            // The other one sees the first site as large enough and this one as too small: the two would publish different cells of one quarter.
            (app.Suppliers.Sites[site], app.Suppliers.Sites[other]) = (400, 10);
            await DoWhatIsDue();
            app.Suppliers.Sites[other] = 400;
        };

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(DoWhatIsDue);

        Assert.Equal(site, Assert.Single(Assert.Single(await app.Signals()).Cells).SubjectId);
    }

    [Fact]
    public async Task What_a_release_could_not_list_is_listed_before_the_next()
    {
        await using var db = app.Db();
        db.Add(new DueUncount { TokenHash = new string('a', 64) });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        await DoWhatIsDue();

        Assert.Contains(new string('a', 64), app.Host.Services.GetRequiredService<ErasureList>().Uncounted());
        Assert.Empty(await db.DueUncounts.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_release_counted_is_not_counted_again_after_a_restore_from_before_it()
    {
        await Confirm(10);
        await using var db = app.Db();
        var before = await db.Contributions.AsNoTracking().ToListAsync();
        await app.Release();
        await Wait.Until(async () => !await db.DueUncounts.AnyAsync(), "what was counted was not listed");
        db.AddRange(before.Select(c => Contribution.Of(c.TokenHash, c.Sealed)));
        await db.SaveChangesAsync();

        await app.Host.Services.GetServices<IHostedService>().OfType<ReplayErasures>().Single().StartingAsync(CancellationToken.None);
        await app.Release();

        Assert.Single(await app.Signals());
        Assert.Empty(await db.Contributions.AsNoTracking().ToListAsync());
    }

    [Fact]
    public async Task A_case_confirmed_twice_counts_once_and_a_withdrawn_one_not_at_all()
    {
        await Confirm(8);
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        await app.Mai.Name(id, accused);
        var token = await app.Mai.Token(id);
        using (var first = await app.Mai.Confirm(id, token, site)) Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        using (var second = await app.Mai.Confirm(id, token, site)) Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var receipt = await app.Confirmed(site, accused);
        using (var withdrawn = await app.Post("/mailbox/withdrawal", new { receipt })) Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);

        await app.Release();

        Assert.Empty(await app.Signals());
    }

    [Fact]
    public async Task Cases_of_two_quarters_add_up_when_neither_was_enough()
    {
        await Confirm(5);
        await app.Release();
        await Confirm(5);
        await app.Release();

        Assert.Single(await app.Signals());
    }

    [Theory]
    [InlineData(49)]
    [InlineData(null)]
    public async Task A_site_too_small_or_unknown_is_never_named(int? workers)
    {
        app.Suppliers.Sites[site] = workers;
        await Confirm(10);
        await app.Release();

        Assert.Empty(await app.Signals());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Without_consent_or_under_eighteen_a_case_cannot_be_counted(bool consent, bool under18)
    {
        var id = await GrievancesApp.Only(app.Mai, () => app.File(count: consent, under18: under18));
        await app.Mai.Name(id, accused);

        using var refused = await app.Mai.Confirm(id, await app.Mai.Token(id), site);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("no-consent-to-count", await refused.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("site", true)]
    [InlineData("site", false)]
    [InlineData("recruiter", true)]
    public async Task A_case_counts_against_nobody_but_whom_it_is_about(string kind, bool known)
    {
        var (other, elsewhere) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        if (known) app.Suppliers.Owners[elsewhere] = other;
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        await app.Mai.Name(id, accused);

        using var refused = await app.Mai.Confirm(id, await app.Mai.Token(id), kind == "site" ? elsewhere : other, kind: kind);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("not-the-accused", await refused.Content.ReadAsStringAsync());
        await using var db = app.Db();
        Assert.Empty(await db.Contributions.ToListAsync());
    }

    [Fact]
    public async Task A_case_counts_for_a_site_of_a_company_of_the_accused_group_and_for_a_recruiter_that_is_accused()
    {
        var sister = Guid.CreateVersion7();
        app.Suppliers.Groups[accused] = [accused, sister];
        app.Suppliers.Owners[site] = sister;
        foreach (var (kind, subject) in new[] { ("site", site), ("recruiter", accused) })
        {
            var id = await GrievancesApp.Only(app.Mai, () => app.File());
            await app.Mai.Name(id, accused);
            using var confirmed = await app.Mai.Confirm(id, await app.Mai.Token(id), subject, kind: kind);
            Assert.Equal(HttpStatusCode.NoContent, confirmed.StatusCode);
        }
    }

    [Fact]
    public async Task No_file_holds_a_subject_in_clear_before_its_release()
    {
        GrievancesApp.NeedsItsFiles();
        await Confirm(3);

        foreach (var (_, raw) in await RawFiles.In(app.Host.DataFolder))
        {
            foreach (var id in new[] { site, accused })
            {
                Assert.DoesNotContain(id.ToString(), raw, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(System.Text.Encoding.Latin1.GetString(id.ToByteArray()), raw, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("Grievances:SmallestGroup", "4"), InlineData("Grievances:SmallestSite", "49")]
    [InlineData("Grievances:DaysOrdinary", "8"), InlineData("Grievances:DaysInDanger", "0"), InlineData("Grievances:DaysUrgent", "9")]
    [InlineData("Grievances:DaysOff", "Sonntag"), InlineData("Grievances:DaysOff", "7"), InlineData("Grievances:DaysOff", "0,99"), InlineData("Grievances:DaysOff", "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday")]
    public async Task A_setting_that_would_break_what_workers_are_told_stops_the_start(string setting, string value)
    {
        var stopped = await Record.ExceptionAsync(() => app.Start(new() { [setting] = value }));

        // When the host has stopped before the test's own factory takes it over, the factory says so instead of why.
        Assert.True(stopped is OptionsValidationException or ObjectDisposedException, $"{stopped}");
    }

    [Fact]
    public async Task A_case_is_counted_with_no_fewer_than_its_worker_was_told_and_holds_up_nobody_who_was_told_less()
    {
        await using var five = new GrievancesApp(new() { ["Grievances:SmallestGroup"] = "5" });
        await five.InitializeAsync();
        (five.Suppliers.Sites[site], five.Suppliers.Owners[site]) = (400, accused);
        for (var i = 0; i < 7; i++) await five.Confirmed(site, accused, told: 10);
        await five.Release();
        Assert.Empty(await five.Signals());

        for (var i = 0; i < 2; i++) await five.Confirmed(site, accused);
        await five.Release();
        Assert.Empty(await five.Signals());

        for (var i = 0; i < 3; i++) await five.Confirmed(site, accused);
        await five.Release();
        Assert.Equal("5-19", Assert.Single(Assert.Single(await five.Signals()).Cells).Band);
        await using var db = five.Db();
        Assert.Empty(await db.Contributions.ToListAsync());
    }

    [Fact]
    public async Task Those_told_less_are_counted_without_those_told_more_who_wait()
    {
        await using var five = new GrievancesApp(new() { ["Grievances:SmallestGroup"] = "5" });
        await five.InitializeAsync();
        (five.Suppliers.Sites[site], five.Suppliers.Owners[site]) = (400, accused);
        for (var i = 0; i < 2; i++) await five.Confirmed(site, accused, told: 9999);
        for (var i = 0; i < 5; i++) await five.Confirmed(site, accused);

        await five.Release();

        Assert.Single(await five.Signals());
        await using var db = five.Db();
        Assert.Equal(2, await db.Contributions.CountAsync());
    }

    [Fact]
    public async Task A_reader_cannot_lower_the_number_that_a_worker_was_told()
    {
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        await app.Mai.Name(id, accused);
        var token = await app.Mai.Token(id);
        Assert.EndsWith("-10", token, StringComparison.Ordinal);

        using var lowered = await app.Mai.Confirm(id, token[..^2] + "5", site);
        using var left = await app.Mai.Confirm(id, token[..^3], site);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (lowered.StatusCode, left.StatusCode));
    }

    [Fact]
    public void Quarters_follow_each_other()
    {
        Assert.Equal("2027-Q1", Quarter.Next("2026-Q4"));
        Assert.Equal("2026-Q1", Quarter.Before("2026-Q4", 3));
        Assert.Equal(new DateOnly(2026, 10, 1), Quarter.FirstDayAfter("2026-Q3"));
        Assert.Equal("2026-Q4", Quarter.Of(new DateOnly(2026, 12, 31)));
    }

    private async Task DoWhatIsDue()
    {
        await using var scope = app.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ReleaseSignals>().DoWhatIsDue(TestContext.Current.CancellationToken);
    }

    /// <summary>The day of the next release has come for whoever asks, and the host's own work sleeps.</summary>
    private async Task MakeDue()
    {
        await using var db = app.Db();
        await DueWorkDone.Of<GrievancesDb>(app.Host.Services, ReleaseWhenDue.Kind);
        await db.DueReleases.Where(d => d.DoneOn == null).ExecuteUpdateAsync(set => set.SetProperty(d => d.DueOn, new DateOnly(2026, 1, 1)), TestContext.Current.CancellationToken);
    }

    private async Task Confirm(int cases)
    {
        for (var i = 0; i < cases; i++) await app.Confirmed(site, accused);
    }
}

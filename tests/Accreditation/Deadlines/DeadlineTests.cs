using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Deadlines;
using Recruitment.Accreditation.Schemes;
using Recruitment.Contracts.Accreditation;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Accreditation.Tests.Deadlines;

/// <summary>What happens when a day comes and nobody looks. With a second replica beside, on a clock of their own that only these tests move.</summary>
public sealed class DeadlineTests(DeadlineTests.Two both) : IClassFixture<DeadlineTests.Two>
{
    private const string Root = $"{AccreditationApp.Root}/applications";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AccreditationApp App => both.App;

    private WorkingCalendar Calendar => App.Host.Services.GetRequiredService<TimeLimits>().Calendar;

    [Fact]
    public async Task A_status_whose_last_day_is_over_is_published_as_expired_once_and_its_recruiters_programs_are_told()
    {
        await using var told = await WebhookReceiver.Start();
        var (recruiter, id, _) = await App.Granted();
        await told.Open(App.Recruiter(recruiter), "accreditation", PublicState.StatusChanged, Reminder.Said);
        var last = Day(await Of(App.Recruiter(recruiter), id), "validTo");

        // Five minutes before midnight in Bangkok it is still the last day.
        await Reach(Calendar.EndOf(last).AddMinutes(-5));
        await Heard(told, "validity_ends_soon");
        Assert.Equal("granted", (await Of(App.Recruiter(recruiter), id))["publicStatus"]!.GetValue<string>());
        Assert.DoesNotContain(await Published(id), e => e.Status == "expired");

        // In UTC it is.
        await Reach(Calendar.EndOf(last));
        Assert.Equal(last, DateOnly.FromDateTime(App.Clock.Now));
        await Heard(told, "validity_ends_soon", "expired");
        await AskAgain();

        var published = await Published(id);
        var ended = Assert.Single(published, e => e.Status == "expired");
        Assert.Equal(ended, published[^1]);
        Assert.Equal([("granted", ended.DecidedOn), ("expired", last.AddDays(1))], ended.History.Select(h => (h.Status, (DateOnly?)h.On)));
        await Heard(told, "validity_ends_soon", "expired");
        var reader = await Of(App.Recruiter(recruiter), id);
        Assert.Equal("expired", reader["publicStatus"]!.GetValue<string>());
        Assert.Equal([("validity_ends_soon", last), ("validity_over", last)], reader["reminders"]!.AsArray().Select(r => (r!["deadline"]!.GetValue<string>(), Day(r, "day"))));
    }

    [Fact]
    public async Task A_deferral_whose_day_is_over_waits_for_the_scheme_manager_and_is_told_once()
    {
        await using var told = await WebhookReceiver.Start();
        var (recruiter, id) = await App.Submitted();
        await told.Open(App.Recruiter(recruiter), "accreditation", PublicState.StatusChanged, Reminder.Said);
        (await App.SchemeManager().PostAsJsonAsync($"{Root}/{id}/review", new { outcome = "deferred", reason = "Licence unreadable." }, Stop)).EnsureSuccessStatusCode();
        var until = Day(await Of(App.Recruiter(recruiter), id), "deferredUntil");
        Assert.False(Calendar.IsOff(until));

        await Reach(Calendar.EndOf(until).AddMinutes(-5));
        Assert.Equal("none", await TaskOf(App.SchemeManager(), id));
        Assert.False((await Of(App.Recruiter(recruiter), id))["deferralIsOver"]!.GetValue<bool>());
        await Heard(told, "deferred");

        await Reach(Calendar.EndOf(until));
        await Heard(told, "deferred", "deferral_over");
        await AskAgain();

        await Heard(told, "deferred", "deferral_over");
        Assert.Equal(until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Data(told.Heard.Last()).GetProperty("day").GetString());
        Assert.Equal("review", await TaskOf(App.SchemeManager(), id));
        Assert.True((await Of(App.Recruiter(recruiter), id))["deferralIsOver"]!.GetValue<bool>());
        Assert.Equal("urn:recruitment:deferral-over", await AccreditationApp.Problem(await App.Recruiter(recruiter).PostAsync($"{Root}/{id}/submit", null, Stop)));
        Assert.Equal("deferral_over", Assert.Single((await Of(App.SchemeManager(), id))["reminders"]!.AsArray())!["deadline"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_suspension_whose_day_is_over_waits_for_the_decision_maker_and_one_that_was_ended_before_for_nobody()
    {
        await using var told = await WebhookReceiver.Start();
        var (recruiter, id, _) = await App.Granted();
        var (_, restored, _) = await App.Granted();
        await told.Open(App.Recruiter(recruiter), "accreditation", PublicState.StatusChanged, Reminder.Said);
        foreach (var one in new[] { id, restored })
        {
            (await App.Decider().PostAsJsonAsync($"{Root}/{one}/status", new
            {
                action = "suspend", reasonCode = "audit_refused", jobseekerPlan = new { money = "Paid back.", papers = "Given back.", contracts = "Kept.", travel = "Nobody has left." },
            }, Stop)).EnsureSuccessStatusCode();
        }
        (await App.Decider().PostAsJsonAsync($"{Root}/{restored}/status", new { action = "restore", rationale = "The audit was held." }, Stop)).EnsureSuccessStatusCode();
        var until = Day(await Of(App.Recruiter(recruiter), id), "suspendedUntil");
        Assert.False(Calendar.IsOff(until));

        await Reach(Calendar.EndOf(until).AddMinutes(-5));
        Assert.Equal("none", await TaskOf(App.Decider(), id));
        await Reach(Calendar.EndOf(until));
        await Heard(told, "suspended", "suspension_over");
        await AskAgain();

        await Heard(told, "suspended", "suspension_over");
        Assert.Equal("end_suspension", await TaskOf(App.Decider(), id));
        Assert.Equal("none", await TaskOf(App.Decider(), restored));
        Assert.Equal("suspended", (await Of(App.Decider(), id))["publicStatus"]!.GetValue<string>());
        Assert.Empty((await Of(App.Decider(), restored))["reminders"]!.AsArray());
    }

    [Fact]
    public async Task Applications_of_a_release_that_had_no_such_rows_get_theirs_at_the_next_start()
    {
        await using var told = await WebhookReceiver.Start();
        var (recruiter, id, _) = await App.Granted();
        await told.Open(App.Recruiter(recruiter), "accreditation", PublicState.StatusChanged);
        var last = Day(await Of(App.Recruiter(recruiter), id), "validTo");
        // As that release left it.
        await InDatabase(db => db.Database.ExecuteSqlAsync($"DELETE FROM \"Due\" WHERE \"Kind\" IN ({ReachDeadline.Kind}, {AskForDeadlines.Kind})", Stop));

        await using var started = await App.Replica();
        await DueWorkDone.Of<AccreditationDb>(started.Services, AskForDeadlines.Kind);
        await Reach(Calendar.EndOf(last));

        await Heard(told, "expired");
    }

    [Fact]
    public async Task What_is_decided_at_two_in_the_morning_in_Bangkok_is_of_that_day_there()
    {
        var before = App.Clock.Today.AddDays(2);
        await Reach(before.ToDateTime(new(19, 0), DateTimeKind.Utc));

        var (recruiter, id, _) = await App.Granted();

        var day = before.AddDays(1);
        var granted = await Of(App.Recruiter(recruiter), id);
        Assert.Equal((day, day, day.AddMonths(36)), (Day(granted, "decidedOn"), Day(granted, "validFrom"), Day(granted, "validTo")));
        Assert.All(granted["history"]!.AsArray(), h => Assert.Equal(day, Day(h!, "on")));
        Assert.Equal(day, Assert.Single((await Published(id))[^1].History).On);
        var line = (await App.Recruiter(recruiter).GetFromJsonAsync<JsonObject>(Root, Stop))!["items"]![0]!;
        Assert.Equal((day, day), (Day(line, "begunOn"), Day(line, "auditedOn")));
    }

    /// <summary>Forward only, whichever test came first.</summary>
    private async Task Reach(DateTime utc)
    {
        if (utc > App.Clock.Now) await App.Reach(utc);
        await DueWorkDone.Of<AccreditationDb>(App.Host.Services, ReachDeadline.Kind);
    }

    /// <summary>Every deadline is asked for anew, as by a restart that knows of no reminder, and each is taken by whichever replica comes first.</summary>
    private async Task AskAgain()
    {
        await InDatabase(async db =>
        {
            foreach (var application in await db.Applications.ToListAsync(Stop)) db.AskFor(application, App.Host.Services.GetRequiredService<TimeLimits>());
            await db.SaveChangesAsync(Stop);
        });
        await DueWorkDone.Of<AccreditationDb>(App.Host.Services, ReachDeadline.Kind);
    }

    private async Task InDatabase(Func<AccreditationDb, Task> act)
    {
        await using var scope = App.Host.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<AccreditationDb>());
    }

    /// <summary>What was told so far, in any order: two deliveries are two pieces of work.</summary>
    private static async Task Heard(WebhookReceiver told, params string[] expected)
    {
        await Wait.Until(() => Task.FromResult(told.Heard.Count >= expected.Length), $"not told: {string.Join(", ", expected)}");
        Assert.Equal(expected.Order(), told.Heard.Select(Data).Select(d => (d.TryGetProperty("status", out var status) ? status : d.GetProperty("reminder")).GetString()!).Order());
    }

    private static JsonElement Data(WebhookHeard heard) => JsonDocument.Parse(heard.Body).RootElement.GetProperty("data");

    /// <summary>Of both replicas: either may have handed an event over.</summary>
    private async Task<IReadOnlyList<AccreditationChanged>> Published(Guid id)
    {
        var all = (await App.Host.Published<AccreditationChanged, AccreditationDb>()).Concat(await both.Other.Published<AccreditationChanged, AccreditationDb>());
        return [.. all.Where(e => e.AccreditationId == id).DistinctBy(e => e.Sequence).OrderBy(e => e.Sequence)];
    }

    private static async Task<JsonObject> Of(HttpClient reader, Guid id) => (await reader.GetFromJsonAsync<JsonObject>($"{Root}/{id}", Stop))!;

    private static DateOnly Day(JsonNode of, string name) => DateOnly.ParseExact(of[name]!.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<string> TaskOf(HttpClient reader, Guid id) =>
        (await reader.GetFromJsonAsync<JsonObject>(Root, Stop))!["items"]!.AsArray().Single(l => l!["id"]!.GetValue<Guid>() == id)!["myTask"]!.GetValue<string>();

    /// <summary>The service and a second replica of it.</summary>
    public sealed class Two : IAsyncLifetime
    {
        public AccreditationApp App { get; } = new();

        internal ServiceHost<Program> Other { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await App.InitializeAsync();
            Other = await App.Replica();
        }

        public async ValueTask DisposeAsync()
        {
            await Other.DisposeAsync();
            await App.DisposeAsync();
        }
    }
}

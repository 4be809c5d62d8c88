using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>More applications than a page holds. On a database of its own, for they are counted.</summary>
public sealed class ListTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;
    private static readonly DateTime Then = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);
    private static readonly TimeLimits Limits = TimeLimits.Load(WorkingCalendars.Load("no such folder"))!;

    [Fact]
    public async Task What_waits_comes_first_by_its_day_over_all_pages_and_nothing_is_left_out()
    {
        var settled = Enumerable.Range(0, 103).Select(_ => Rejected()).ToList();
        var (late, soon, waiting) = (Assigned(new(2126, 9, 1)), Assigned(new(2126, 6, 1)), Submitted());
        await Add([.. settled, late, soon, waiting]);

        Assert.Equal([(soon.Id, "audit"), (late.Id, "audit")], (await All(app.Auditor())).Take(2));
        var listed = await All(app.SchemeManager());
        Assert.Contains((waiting.Id, "review"), listed.TakeWhile(l => l.Task != "none")); // beside what other tests here let wait
        Assert.Equal(listed.Count, listed.Distinct().Count());
        Assert.Empty(settled.Concat([late, soon, waiting]).Select(a => a.Id).Except(listed.Select(l => l.Id)));
    }

    [Fact]
    public async Task Each_says_when_it_was_begun()
    {
        var waiting = Submitted();
        await Add([waiting]);

        var listed = (await app.SchemeManager().GetFromJsonAsync<JsonObject>($"{Root}/applications"))!["items"]!.AsArray();

        Assert.Equal("2026-03-01", listed.Single(i => i!["id"]!.GetValue<Guid>() == waiting.Id)!["begunOn"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_suspension_over_its_time_waits_for_the_decision_maker()
    {
        var (over, within) = (Suspended(Then.AddYears(-1)), Suspended(app.Host.Services.GetRequiredService<BusinessClock>().Now));
        await Add([over, within]);

        var tasks = (await All(app.Decider())).ToDictionary(l => l.Id, l => l.Task);

        Assert.Equal(("end_suspension", "none"), (tasks[over.Id], tasks[within.Id]));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0202603010195a0000000700080000000000000zz")]
    [InlineData("29991301aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_made_up_cursor_gets_a_problem(string cursor)
    {
        var answer = await app.SchemeManager().GetAsync($"{Root}/applications?cursor={cursor}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("urn:recruitment:unknown-cursor", await AccreditationApp.Problem(answer));
    }

    private static async Task<List<(Guid Id, string Task)>> All(HttpClient who)
    {
        var all = new List<(Guid, string)>();
        string? cursor = null;
        do
        {
            var page = (await who.GetFromJsonAsync<JsonObject>($"{Root}/applications?cursor={cursor}"))!;
            all.AddRange(page["items"]!.AsArray().Select(i => (i!["id"]!.GetValue<Guid>(), i["myTask"]!.GetValue<string>())));
            cursor = page["next"]?.GetValue<string>();
        }
        while (cursor is not null);
        return all;
    }

    private async Task Add(IEnumerable<Application> applications)
    {
        await using var scope = app.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccreditationDb>();
        db.Applications.AddRange(applications);
        await db.SaveChangesAsync();
    }

    private static Application Submitted()
    {
        var application = Application.Begin(Guid.CreateVersion7(), AccreditationApp.Scheme, ["MMR-THA"], ["C10"], "rec", Then);
        foreach (var i in AccreditationApp.Scheme.Indicators) application.SetAnswer(AccreditationApp.Scheme, i.Code, "conform", null, null, "rec");
        application.Submit(AccreditationApp.Scheme, ["A1-01"], Limits, "rec", Then);
        return application;
    }

    private static Application Rejected()
    {
        var application = Submitted();
        application.Review("rejected", "No licence.", null, Limits, "sm", Then);
        return application;
    }

    private Application Assigned(DateOnly dueOn, DateTime? at = null)
    {
        var named = at ?? Then;
        var application = Submitted();
        application.Review("eligible", "Complete.", app.AuditBody, Limits, "sm", Then);
        application.DeclareConflict("auditor-1", app.AuditBody, false, "None.", "Auditor One", Then);
        application.AssignAuditor("auditor-1", dueOn, Limits, "sm", named);
        return application;
    }

    private Application Suspended(DateTime on)
    {
        var application = Assigned(DateOnly.FromDateTime(on).AddDays(60), on);
        foreach (var c in AccreditationApp.Scheme.Criteria) application.RecordFinding(AccreditationApp.Scheme, c.Code, "conform", "t", "records", "auditor-1", on);
        application.CloseAudit(AccreditationApp.Scheme, Limits.Calendar.DayOf(on), 1, "s", Limits, "auditor-1", on);
        application.Decide(true, "Findings support it.", Limits, "bo", app.AuditBody, on);
        application.Suspend("audit_refused", new JobseekerPlan("m", "p", "c", "t"), Limits, "bo", app.AuditBody, on);
        return application;
    }
}

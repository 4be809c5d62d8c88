using CsCheck;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>Whatever people do, in whatever order: the promises of the aggregate hold.</summary>
public sealed class ApplicationTests
{
    private static readonly Scheme Scheme = SchemeCatalogue.Load().Current;
    private static readonly TimeLimits Limits = TimeLimits.Load(WorkingCalendars.Load("no such folder"))!;
    private static readonly Guid Body = Guid.CreateVersion7();
    private static readonly DateTime Start = new(2025, 3, 1, 8, 0, 0, DateTimeKind.Utc);
    private static readonly string[] People = ["ann", "bo", "chai"];
    private static readonly string[] Grades = [.. Codes.Grades];

    private sealed record Act(int Verb, string Who, string Criterion, string Grade);

    private static readonly Gen<Act> Acts = Gen.Select(Gen.Int[0, 14], OneOf(People), OneOf([.. Scheme.Criteria.Select(c => c.Code)]), OneOf(Grades))
        .Select((verb, who, criterion, grade) => new Act(verb, who, criterion, grade));

    private static Gen<string> OneOf(string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void Never_granted_without_independence_or_with_a_blocking_finding_and_history_only_grows()
    {
        var grants = 0;
        Gen.Select(Gen.Bool, Acts.Array[1, 60]).Sample((headStart, acts) =>
        {
            var application = headStart ? Audited() : Draft();
            var now = Start;
            foreach (var act in acts)
            {
                now = now.AddDays(1);
                var before = application.History.ToList();
                var state = application.State;
                try
                {
                    Do(application, act, now);
                }
                catch (BrokenRuleException)
                {
                    Assert.Equal(state, application.State);
                }
                Assert.Equal(before, application.History.Take(before.Count));
                Assert.True(application.State == state || application.History.Count > before.Count);
                if (state != State.Granted && application.State == State.Granted)
                {
                    grants++;
                    Assert.DoesNotContain(application.History[^1].By, application.Team);
                    Assert.DoesNotContain(application.History[^1].By, application.WroteForRecruiter);
                    Assert.DoesNotContain(application.Findings, f => f.BlocksGrant);
                    Assert.Equal(Scheme.Criteria.Count(), application.Findings.Count);
                }
            }
        }, iter: 3000, threads: 1);
        // A property that never meets a grant would prove nothing.
        Assert.True(grants > 20, $"Only {grants} grants were reached.");
    }

    [Fact]
    public void A_grant_ends_by_itself_on_its_last_day()
    {
        var application = Audited();
        application.Decide(true, "Findings support it.", Limits, "bo", Body, Start);

        Assert.Equal("granted", application.PublicStatus(application.ValidTo!.Value));
        Assert.Equal("expired", application.PublicStatus(application.ValidTo.Value.AddDays(1)));
    }

    [Fact]
    public void A_suspended_status_ends_by_itself_as_well_and_a_withdrawn_one_stays_withdrawn()
    {
        var application = Audited();
        application.Decide(true, "Findings support it.", Limits, "bo", Body, Start);
        var after = application.ValidTo!.Value.AddDays(1);

        application.Suspend("audit_refused", new JobseekerPlan("m", "p", "c", "t"), Limits, "bo", Body, Start);
        Assert.Equal(("suspended", "expired"), (application.PublicStatus(application.ValidTo.Value), application.PublicStatus(after)));

        application.Withdraw("deception", "The licence was forged.", "bo", Body, Start);
        Assert.Equal("withdrawn", application.PublicStatus(after));
    }

    [Fact]
    public void What_was_missing_can_be_sent_for_sixty_days()
    {
        var application = Submitted();
        application.Review("deferred", "Licence unreadable.", null, Limits, "sm", Start);

        Assert.Equal(new DateOnly(2025, 4, 30), application.DeferredUntil);
        Assert.Throws<BrokenRuleException>(() => application.Submit(Scheme, ["A1-01"], Limits, "ann", Start.AddDays(61)));
        application.Submit(Scheme, ["A1-01"], Limits, "ann", Start.AddDays(60));
    }

    [Fact]
    public void What_did_not_come_in_time_is_asked_for_again_or_ends_the_application()
    {
        var (more, rejected) = (Submitted(), Submitted());
        foreach (var application in new[] { more, rejected }) application.Review("deferred", "Licence unreadable.", null, Limits, "sm", Start);
        Assert.Throws<BrokenRuleException>(() => more.Review("deferred", "Still in time.", null, Limits, "sm", Start.AddDays(60)));
        Assert.Throws<BrokenRuleException>(() => more.Review("eligible", "Nothing came.", Body, Limits, "sm", Start.AddDays(61)));

        more.Review("deferred", "Please send it now.", null, Limits, "sm", Start.AddDays(61));
        rejected.Review("rejected", "Nothing came.", null, Limits, "sm", Start.AddDays(61));

        more.Submit(Scheme, ["A1-01"], Limits, "ann", Start.AddDays(61));
        Assert.Equal((State.Submitted, State.Rejected), (more.State, rejected.State));
    }

    [Fact]
    public void Somebody_who_once_was_the_auditor_never_decides()
    {
        var application = Audited();
        application.ReturnToAuditor("Look again.", "bo", Body, Start);
        application.CloseAudit(Scheme, DateOnly.FromDateTime(Start), 0, "Looked again.", Limits, "ann", Start);

        Assert.Throws<BrokenRuleException>(() => application.Decide(true, "I am sure.", Limits, "ann", Body, Start));
    }

    private static void Do(Application a, Act act, DateTime now)
    {
        var plan = new JobseekerPlan("m", "p", "c", "t");
        switch (act.Verb)
        {
            case 0: foreach (var i in Scheme.Indicators) a.SetAnswer(Scheme, i.Code, "conform", null, null, act.Who); break;
            case 1: a.Submit(Scheme, ["A1-01"], Limits, act.Who, now); break;
            case 2: a.Review("eligible", "Fine.", Body, Limits, "sm", now); break;
            case 3: a.Review("deferred", "Missing.", null, Limits, "sm", now); break;
            case 4: a.DeclareConflict(act.Who, Body, act.Grade == "critical", "s", "n", now); break;
            case 5: a.AssignAuditor(act.Who, new(2025, 9, 1), Limits, "sm", now); break;
            case 6: a.RecordFinding(Scheme, act.Criterion, act.Grade, "t", "records", act.Who, now); break;
            case 7: foreach (var c in Scheme.Criteria) a.RecordFinding(Scheme, c.Code, c.Code == act.Criterion ? act.Grade : "conform", "t", "records", act.Who, now); break;
            case 8: a.CloseAudit(Scheme, DateOnly.FromDateTime(now), 1, "s", Limits, act.Who, now); break;
            case 9: a.CloseFinding(act.Criterion, "proof", act.Who, now); break;
            case 10: a.Decide(true, "rationale", Limits, act.Who, Body, now); break;
            case 11: a.Suspend("audit_refused", plan, Limits, act.Who, Body, now); break;
            case 12: a.Restore("put right", act.Who, Body, now); break;
            case 13: a.ReturnToAuditor("again", act.Who, Body, now); break;
            default: if (act.Grade == "critical") a.Withdraw("deception", "why", act.Who, Body, now); break;
        }
    }

    private static Application Draft() => Application.Begin(Guid.CreateVersion7(), Scheme, ["MMR-THA"], ["C10"], "rec", Start);

    private static Application Submitted()
    {
        var application = Draft();
        foreach (var i in Scheme.Indicators) application.SetAnswer(Scheme, i.Code, "conform", null, null, "rec");
        application.Submit(Scheme, ["A1-01"], Limits, "rec", Start);
        return application;
    }

    private static Application Audited()
    {
        var application = Submitted();
        application.Review("eligible", "Complete.", Body, Limits, "sm", Start);
        application.DeclareConflict("ann", Body, false, "None.", "Ann", Start);
        application.AssignAuditor("ann", new(2025, 9, 1), Limits, "sm", Start);
        foreach (var c in Scheme.Criteria) application.RecordFinding(Scheme, c.Code, "conform", "t", "records", "ann", Start);
        application.CloseAudit(Scheme, DateOnly.FromDateTime(Start), 1, "s", Limits, "ann", Start);
        return application;
    }
}

using System.Text.Json;
using CsCheck;
using Recruitment.Risk.Scoring;

namespace Recruitment.Risk.Tests.Scoring;

public sealed class ScorerTests
{
    [Fact]
    public void The_lines_of_every_topic_add_up_to_its_score_exactly() => Samples.Site.Sample(site =>
    {
        foreach (var topic in Samples.Scorer().Score(site).Topics)
        {
            Assert.Equal(topic.Residual, topic.Lines.Sum(l => l.Points));
            Assert.InRange(topic.Residual, topic.Low, topic.High);
            Assert.InRange(topic.Residual, 0, 10_000);
            Assert.InRange(topic.ImputedShare, 0, 10_000);
            Assert.InRange(topic.Severity, 1, 5);
        }
    });

    [Fact]
    public void The_order_of_recruiters_and_findings_changes_nothing() => Samples.Site.Sample(site =>
    {
        var turned = site with
        {
            Recruiters = [.. site.Recruiters.Reverse().Select(r => r with { Audits = [.. r.Audits.Select(a => a with { Findings = [.. a.Findings.Reverse()] })] })],
        };

        Assert.Equal(Json(site), Json(turned));
    });

    [Fact]
    public void Controls_never_take_a_score_below_a_quarter_of_its_context() => Samples.Site.Sample(site =>
        Assert.All(Samples.Scorer().Score(site).Topics, t => Assert.True(t.Residual >= t.Inherent / 4)));

    [Fact]
    public void An_open_critical_finding_sets_a_floor_that_closing_lifts()
    {
        var site = Samples.Plain(("fees.payer", "employer_all"));
        SiteInputs With(bool open) => site with
        {
            Recruiters = [new(Guid.CreateVersion7(), "granted", Samples.Day, [new(Guid.CreateVersion7(), Samples.Day, [new("1", "fees_and_debt", "critical", open)])])],
        };

        var held = Samples.Scorer().Score(With(open: true)).Topic("fees_and_debt");
        var lifted = Samples.Scorer().Score(With(open: false)).Topic("fees_and_debt");

        Assert.Equal(8500, held.Residual);
        Assert.Contains(held.Lines, l => l.Kind == "audit_floor");
        Assert.True(lifted.Residual < 8500);
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("withdrawn")]
    [InlineData("expired")]
    public void An_audit_under_a_status_that_no_longer_stands_makes_no_site_safer(string status)
    {
        var site = Samples.Plain(("fees.payer", "employer_all"));
        TopicScore Of(string held, params FindingOf[] findings) => Samples.Scorer().Score(site with
        {
            Recruiters = [new(Guid.CreateVersion7(), held, Samples.Day, findings.Length == 0 ? [] : [new(Guid.CreateVersion7(), Samples.Day, findings)])],
        }).Topic("fees_and_debt");
        var conform = new FindingOf("1", "fees_and_debt", "conform", false);

        Assert.Contains(Of("granted", conform).Lines, l => l.Code == "audit");
        Assert.DoesNotContain(Of(status, conform).Lines, l => l.Code == "audit");
        Assert.Equal(Of(status).Residual, Of(status, conform).Residual);
    }

    [Fact]
    public void Worse_practice_scores_higher_and_says_so()
    {
        var none = Samples.Scorer().Score(Samples.Plain(("fees.payer", "employer_all"))).Topic("fees_and_debt");
        var all = Samples.Scorer().Score(Samples.Plain(("fees.payer", "worker_all"))).Topic("fees_and_debt");

        Assert.True(all.Residual > none.Residual);
        Assert.True(all.Lines.Single(l => l.Code == "fees").Points > none.Lines.Single(l => l.Code == "fees").Points);
    }

    [Fact]
    public void A_missing_answer_is_imputed_and_named_as_a_gap_but_a_lawfully_declined_one_is_not()
    {
        var missing = Samples.Scorer().Score(Samples.Plain()).Topic("housing");
        var declined = Samples.Scorer().Score(Samples.Plain(("housing.provider", "declined"))).Topic("housing");
        var neverAsked = Samples.Scorer().Score(Samples.Plain(("housing.provider", "not_asked"))).Topic("housing");

        Assert.Contains(missing.Gaps, g => g.Input == "housing");
        Assert.DoesNotContain(declined.Gaps, g => g.Input == "housing");
        Assert.True(declined.ImputedShare < missing.ImputedShare);
        Assert.Equal(declined.Residual, neverAsked.Residual);
    }

    [Fact]
    public void Declining_what_may_not_be_declined_is_a_gap() =>
        Assert.Contains(Samples.Scorer().Score(Samples.Plain(("fees.payer", "declined"))).Topic("fees_and_debt").Gaps, g => g.Input == "fees");

    [Fact]
    public void Old_evidence_is_worth_less()
    {
        var fresh = Samples.Plain(("fees.checked", "always"));
        var old = fresh with { AnsweredOn = Samples.Day.AddMonths(-30) };

        Assert.True(Samples.Scorer().Score(old).Topic("fees_and_debt").Residual > Samples.Scorer().Score(fresh).Topic("fees_and_debt").Residual);
    }

    [Fact]
    public void A_missing_answer_takes_the_peers_percentile_and_small_groups_give_none()
    {
        SiteInputs Site(string answer) => Samples.Plain(("documents.keeper", answer));
        var ten = PeerBook.From([.. Enumerable.Repeat(Site("worker"), 7), .. Enumerable.Repeat(Site("recruiter"), 3)], Samples.Method);
        var nine = PeerBook.From([.. Enumerable.Repeat(Site("recruiter"), 9)], Samples.Method);

        Assert.Equal(9500, ten.Find(Site("worker"), "documents"));
        Assert.Null(nine.Find(Site("worker"), "documents"));
    }

    [Fact]
    public void The_percentiles_do_not_depend_on_the_order_of_sites() => Samples.Site.Array[0, 60].Sample(sites =>
        Assert.Equal(
            PeerBook.From(sites, Samples.Method).Values.OrderBy(v => v.Key, StringComparer.Ordinal),
            PeerBook.From(sites.Reverse(), Samples.Method).Values.OrderBy(v => v.Key, StringComparer.Ordinal)), iter: 30);

    [Fact]
    public void A_published_standard_error_widens_the_interval()
    {
        var sure = Samples.Scorer().Score(Samples.Plain() with { Country = "THA" }).Topic("wages");

        Assert.True(sure.High - sure.Low > 0);
        Assert.Contains(sure.Lines, l => l.Code == "wgi.government_effectiveness" && l.Source!.Contains("World Bank", StringComparison.Ordinal));
    }

    private static string Json(SiteInputs site) => JsonSerializer.Serialize(Samples.Scorer().Score(site));
}

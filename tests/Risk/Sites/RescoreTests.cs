using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Contracts.Suppliers;
using Recruitment.Risk.Sites;

namespace Recruitment.Risk.Tests.Sites;

/// <summary>In whatever order and however often the same things are heard, the stored scores are those of a full recomputation, bit for bit.</summary>
public sealed class RescoreTests(RiskApp app) : IClassFixture<RiskApp>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Scores_made_step_by_step_equal_a_full_recomputation_and_those_of_another_order(int seed)
    {
        var ordered = await Play(happenings => happenings);
        var permuted = await Play(happenings => Permuted(happenings, seed));

        Assert.Equal(ordered, permuted);
    }

    [Fact]
    public async Task A_change_is_logged_with_its_day_and_kind_of_cause()
    {
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        var recruiter = await app.Party("recruiter", "Saffron Bridge Recruitment");
        var site = await app.Site(supplier);
        await app.Answers(site, ("fees.payer", "worker_all"), ("recruitment.channel", "direct_only"));
        await app.Declares(site, supplier, recruiter);
        await app.Accredited(recruiter);

        var changes = (await RiskApp.Seen(app.Supplier(supplier), site)).GetProperty("changes").EnumerateArray()
            .Where(c => c.GetProperty("topic").GetString() == "fees_and_debt").ToDictionary(c => c.GetProperty("cause").GetString()!);

        Assert.Equal(["accreditation", "recruiter_declared", "self_assessment", "site"], changes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(JsonValueKind.Null, changes["site"].GetProperty("before").ValueKind);
        Assert.Equal(changes["site"].GetProperty("after").GetInt32(), changes["self_assessment"].GetProperty("before").GetInt32());
        Assert.True(changes["accreditation"].GetProperty("after").GetInt32() < changes["accreditation"].GetProperty("before").GetInt32());
    }

    [Fact]
    public async Task An_event_reaches_the_score_within_two_seconds()
    {
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        var site = await app.Site(supplier);
        var before = await RiskApp.Topic(app.Supplier(supplier), site, "fees_and_debt");
        var started = TimeProvider.System.GetTimestamp();

        await app.Answers(site, ("fees.payer", "worker_all"));

        Assert.NotEqual(before, await RiskApp.Topic(app.Supplier(supplier), site, "fees_and_debt"));
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
    }

    /// <summary>Lets the same things happen to five new sites and gives their scores by place, after holding them against a full recomputation.</summary>
    private async Task<List<string>> Play(Func<List<Func<Task>>, IEnumerable<Func<Task>>> order)
    {
        var sites = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var happening in order(Happenings(sites))) await happening();

        var stored = await Stored(sites);
        Assert.Equal(sites.Count * app.Now.Method.Topics.Count, stored.Count);
        Assert.Equal(await Fresh(sites), stored);
        return stored;
    }

    private static List<Func<Task>> Permuted(List<Func<Task>> happenings, int seed)
    {
        var chance = new Random(seed);
        return [.. happenings.Concat(happenings.Where(_ => chance.Next(3) == 0)).OrderBy(_ => chance.Next())];
    }

    private List<Func<Task>> Happenings(List<Guid> sites)
    {
        var supplier = Guid.CreateVersion7();
        Guid[] recruiters = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        Guid[] ids = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
        var all = new List<Func<Task>>
        {
            () => app.Accredited(recruiters[0], id: ids[0]),
            () => app.Audited(recruiters[1], "documents", "major", id: ids[1]),
            () => app.Audited(recruiters[0], "fees_and_debt", "conform", "closed", id: ids[2]),
        };
        foreach (var (site, place) in sites.Select((site, place) => (site, place)))
        {
            var link = new RecruiterDeclared
            {
                LinkId = Guid.CreateVersion7(), Epoch = 1, Sequence = app.Next(), SiteId = site, SupplierPartyId = supplier, RecruiterPartyId = recruiters[place % 2],
                OriginCountry = "MMR", From = app.Today.AddDays(-1),
            };
            all.Add(() => app.Site(supplier, place % 2 == 0 ? "10" : "F", id: site));
            all.Add(() => app.Answers(site, ("fees.payer", place < 3 ? "worker_all" : "employer_all"), ("fees.checked", "always")));
            all.Add(() => app.Happened(link));
        }
        return all;
    }

    private async Task<List<string>> Stored(List<Guid> sites)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var topics = await scope.ServiceProvider.GetRequiredService<RiskDb>().Topics.AsNoTracking().Where(t => sites.Contains(t.SiteId)).ToListAsync();
        return [.. topics.Select(t => $"{sites.IndexOf(t.SiteId)} {t.Topic} {t.Severity} {t.Residual} {t.IsTop}").Order(StringComparer.Ordinal)];
    }

    private async Task<List<string>> Fresh(List<Guid> sites)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var inputs = await scope.ServiceProvider.GetRequiredService<ReadInputs>().Of(sites, app.Now.Edition.AsOf, CancellationToken.None);
        return
        [
            .. inputs.Select(app.Now.Scorer.Score)
                .SelectMany(s => s.Topics.Select(t => $"{sites.IndexOf(s.SiteId)} {t.Topic} {t.Severity} {t.Residual} {t == s.Top}")).Order(StringComparer.Ordinal),
        ];
    }
}

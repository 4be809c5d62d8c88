using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Contracts.Grievances;
using Recruitment.Grievances.Signals;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests.Signals;

/// <summary>
/// Whoever files k-1 cases himself and has every one confirmed learns nothing about the others: drawn at random, many times, with a fixed
/// seed so that a failure comes back.
/// </summary>
public sealed class AdversaryTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    private const int K = 10;
    private static readonly string[] TopicsUsed = ["documents", "wages", "violence"];

    [Fact]
    public async Task What_is_released_is_a_function_of_the_cells_that_reach_k_and_of_nothing_below()
    {
        var random = new Random(20261125);
        for (var round = 0; round < 12; round++)
        {
            var sites = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToArray();
            // One of them too small to be named, one of unknown size.
            for (var i = 0; i < sites.Length; i++) app.Suppliers.Sites[sites[i]] = i switch { 0 => 49, 1 => null, _ => 50 + random.Next(500) };
            var counts = sites.SelectMany(site => TopicsUsed.Select(topic => (site, topic))).ToDictionary(cell => cell, _ => random.Next(4) switch { 0 => K - 1, 1 => random.Next(K), _ => random.Next(K + 15) });

            var published = await Release(counts);

            var expected = counts.Where(c => c.Value >= K && c.Key.site != sites[0] && c.Key.site != sites[1])
                .Select(c => (c.Key.site, c.Key.topic, Band: c.Value < 20 ? "10-19" : "20-49")).Order();
            Assert.Equal(expected, published.Select(c => (c.SubjectId, c.TopicGroup, c.Band)).Order());
        }
    }

    [Fact]
    public async Task With_k_minus_one_of_his_own_nothing_tells_him_whether_there_is_a_case_elsewhere()
    {
        var (his, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        app.Suppliers.Sites[his] = app.Suppliers.Sites[other] = 400;

        var without = await Release(new() { [(his, "documents")] = K - 1 });
        var with = await Release(new() { [(his, "wages")] = K - 1, [(other, "documents")] = 1, [(other, "wages")] = K - 1 });

        Assert.Empty(without);
        Assert.Empty(with);
    }

    [Fact]
    public async Task Nothing_asked_of_Suppliers_is_traced_and_nothing_is_asked_about_a_cell_below_k()
    {
        var (below, above) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        app.Suppliers.Sites[below] = app.Suppliers.Sites[above] = 400;

        await Release(new() { [(below, "documents")] = K - 1, [(above, "documents")] = K });

        Assert.Contains(above, app.Suppliers.Asked);
        Assert.DoesNotContain(below, app.Suppliers.Asked);
        Assert.False(app.Suppliers.WasTraced);
    }

    /// <summary>Confirmed contributions of one quarter, straight into the table, and the release after it.</summary>
    private async Task<IReadOnlyList<SignalCell>> Release(Dictionary<(Guid Site, string Topic), int> counts)
    {
        await using var scope = app.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GrievancesDb>();
        var box = scope.ServiceProvider.GetRequiredService<ContributionBox>();
        var clock = scope.ServiceProvider.GetRequiredService<BusinessClock>();
        var releases = scope.ServiceProvider.GetRequiredService<ReleaseSignals>();
        var due = await releases.Upcoming(CancellationToken.None);
        foreach (var ((site, topic), count) in counts)
        {
            for (var i = 0; i < count; i++) db.Add(Contribution.Of(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), box.Close(new("site", site, topic, due.Period))));
        }
        await db.SaveChangesAsync();
        var before = (await app.Signals()).Select(s => s.ReleaseId).ToHashSet();

        clock.MoveTo(due.DueOn);
        await Wait.Until(async () => (await releases.Upcoming(CancellationToken.None)).Period != due.Period, "nothing was released");

        return [.. (await app.Signals()).Where(s => !before.Contains(s.ReleaseId)).SelectMany(s => s.Cells)];
    }
}

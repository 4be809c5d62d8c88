using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests;

/// <summary>The trail knows who worked on cases on which day; of workers and of cases it knows nothing.</summary>
public sealed class AuditTrailTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    [Fact]
    public async Task Nobody_changes_or_takes_away_an_entry()
    {
        var stop = TestContext.Current.CancellationToken;

        Assert.Empty(await AuditTrails.NotRefused<GrievancesDb>(app.Host.Services, stop));
    }

    [Fact]
    public async Task What_a_worker_does_leaves_nothing_and_whatever_is_done_with_her_case_leaves_the_day_and_the_reader()
    {
        var before = await Entries();
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        Assert.Empty((await Entries()).ExceptBy(before.Select(e => e.Id), e => e.Id));

        await app.Mai.Sealed(id);
        await app.Mai.Name(id, Guid.CreateVersion7());
        using var refused = await app.Mai.Client.PostAsJsonAsync($"/api/v1/grievances/{Guid.CreateVersion7()}/handover", new { });

        var entries = (await Entries()).ExceptBy(before.Select(e => e.Id), e => e.Id).ToList();
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(["done", "refused"], entries.Select(e => e.Outcome).Distinct().Order());
        Assert.All(entries, e => Assert.Equal(("WorkOnCase", "", null, TimeSpan.Zero, 4), (e.What, e.About, e.Session, e.At.TimeOfDay, e.Id.Version)));
        Assert.DoesNotContain(id.ToString(), JsonSerializer.Serialize(entries), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_administrator_and_protection_officers_read_it_and_no_owner_does()
    {
        foreach (var role in new[] { Roles.Administrator, Roles.ProtectionOfficer, Roles.Owner, Roles.CaseHandler })
        {
            using var client = app.Host.Client(role, Guid.CreateVersion7(), PartyKinds.Operator);
            using var answer = await client.GetAsync(new Uri("/api/v1/grievances/audit", UriKind.Relative));
            Assert.Equal(role is Roles.Administrator or Roles.ProtectionOfficer ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    private Task<IReadOnlyList<AuditTrails.Written>> Entries() => AuditTrails.Of<GrievancesDb>(app.Host.Services);
}

using System.Net;
using System.Net.Http.Json;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests;

/// <summary>Activities and figures belong to the process: what other hosts of these tests are asked would reach this collector too.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Who searches the directory is a worker at her form, and whose group is asked for is named in a case: no figure says when.</summary>
[Collection(nameof(Alone))]
public sealed class NoDiaryOfWorkersTests
{
    [Fact]
    public async Task A_collector_is_told_of_other_requests_and_of_nothing_that_is_asked_for_a_worker()
    {
        await using var collector = await OtlpReceiver.Start();
        await using var host = await ServiceHost<Program>.Start("suppliers", collector.Settings);
        var service = host.Client(Roles.Service, subject: "client:service");
        var party = Guid.CreateVersion7();
        using (var registered = await service.PutAsJsonAsync($"/api/v1/suppliers/parties/{party}", new { kind = "supplier", name = "Bright Needle Factory", country = "TH" })) registered.EnsureSuccessStatusCode();

        using (var searched = await service.PostAsJsonAsync("/api/v1/suppliers/directory", new { name = "needle" })) Assert.Equal(HttpStatusCode.OK, searched.StatusCode);
        using (var slashed = await service.PostAsJsonAsync("/API/v1/Suppliers/directory/", new { name = "needle" })) Assert.Equal(HttpStatusCode.OK, slashed.StatusCode);
        using (var asked = await service.GetAsync(new Uri($"/api/v1/suppliers/parties/{party}/group", UriKind.Relative))) Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        using (var site = await service.GetAsync(new Uri($"/api/v1/suppliers/sites/{party}", UriKind.Relative))) Assert.Equal(HttpStatusCode.NotFound, site.StatusCode);

        var told = await collector.AllOnceTold("/health/live", host.Anonymous());
        Assert.Contains("/api/v1/suppliers/parties/{id:guid}", told, StringComparison.Ordinal);
        foreach (var telling in new[] { "directory", "/group", "/sites/" }) Assert.DoesNotContain(telling, told, StringComparison.OrdinalIgnoreCase);
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests;

/// <summary>Half past midnight in Bangkok: what a supplier there calls today is not in the future, and what the day after would be is.</summary>
public sealed class TodayTests : IAsyncLifetime
{
    private ServiceHost<Program> host = null!;

    public async ValueTask InitializeAsync() =>
        host = await ServiceHost<Program>.Start("suppliers", services: s => s.HoldBusinessClock(DateTimeOffset.Parse("2026-11-30T17:30:00Z", CultureInfo.InvariantCulture)));

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("2026-12-01", HttpStatusCode.OK)]
    [InlineData("2026-12-02", HttpStatusCode.BadRequest)]
    public async Task A_count_of_today_is_taken_where_the_day_has_begun(string asOf, HttpStatusCode answer)
    {
        var (supplier, site) = await Site();

        using var counted = await supplier.PutAsJsonAsync($"/api/v1/suppliers/mine/sites/{site}/workforce", new { asOf, counts = new[] { new { nationality = "MM", sex = "female", workers = 40 } } }, Stop);

        Assert.Equal(answer, counted.StatusCode);
    }

    [Theory]
    [InlineData("2026-12-01", HttpStatusCode.Created)]
    [InlineData("2026-12-02", HttpStatusCode.BadRequest)]
    public async Task A_recruiter_that_begins_today_is_declared_today(string from, HttpStatusCode answer)
    {
        var (supplier, site) = await Site();

        using var declared = await supplier.PostAsJsonAsync($"/api/v1/suppliers/mine/sites/{site}/recruiters", new { recruiterName = "Heron Bridge", recruiterCountry = "MM", originCountry = "MM", from }, Stop);

        Assert.Equal(answer, declared.StatusCode);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<(HttpClient Supplier, Guid Site)> Site()
    {
        var party = Guid.CreateVersion7();
        var registered = await host.Client(Roles.Service, subject: "client:service").PutAsJsonAsync(
            $"/api/v1/suppliers/parties/{party}", new { kind = "supplier", name = "Midnight Plover Mill", country = "TH" }, Stop);
        Assert.True(registered.IsSuccessStatusCode, await registered.Content.ReadAsStringAsync(Stop));
        var supplier = host.Client(Roles.SupplierUser, party, PartyKinds.Supplier);
        var added = await supplier.PostAsJsonAsync("/api/v1/suppliers/mine/sites", new { name = "Midnight Hall", address = "12 Canal Road", country = "Thailand" }, Stop);
        return (supplier, (await added.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetGuid());
    }
}

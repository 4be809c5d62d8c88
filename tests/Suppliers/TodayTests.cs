using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests;

/// <summary>What a supplier calls today is not in the future where it is, whatever day it still is elsewhere.</summary>
public sealed class TodayTests
{
    private const string HalfPastMidnight = "2026-11-30T17:30:00Z", Evening = "2026-11-30T12:00:00Z";

    [Theory]
    [InlineData("2026-12-01", HttpStatusCode.OK)]
    [InlineData("2026-12-02", HttpStatusCode.BadRequest)]
    public async Task A_count_of_today_is_taken_where_the_day_has_begun(string asOf, HttpStatusCode answer)
    {
        await using var host = await At(HalfPastMidnight);
        var (supplier, site) = await Site(host);

        using var counted = await supplier.PutAsJsonAsync($"/api/v1/suppliers/mine/sites/{site}/workforce", new { asOf, counts = new[] { new { nationality = "MM", sex = "female", workers = 40 } } }, Stop);

        Assert.Equal(answer, counted.StatusCode);
    }

    [Theory]
    [InlineData("2026-12-01", HttpStatusCode.Created)]
    [InlineData("2026-12-02", HttpStatusCode.BadRequest)]
    public async Task A_recruiter_that_begins_today_is_declared_today(string from, HttpStatusCode answer)
    {
        await using var host = await At(HalfPastMidnight);
        var (supplier, site) = await Site(host);

        using var declared = await Declare(supplier, site, from);

        Assert.Equal(answer, declared.StatusCode);
    }

    /// <summary>By somebody in Fiji, where it is tomorrow: here it has not begun, and ends on its own first day.</summary>
    [Fact]
    public async Task What_begins_tomorrow_for_the_reader_can_still_be_taken_back_tonight()
    {
        await using var host = await At(Evening);
        var (supplier, site) = await Site(host);
        using var declared = await Declare(supplier, site, "2026-12-01");
        var link = (await declared.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetGuid();

        using var ended = await supplier.PostAsJsonAsync($"/api/v1/suppliers/mine/recruiters/{link}/end", new { to = "2026-11-30" }, Stop);

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<ServiceHost<Program>> At(string now) =>
        ServiceHost<Program>.Start("suppliers", services: s => s.HoldBusinessClock(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));

    private static Task<HttpResponseMessage> Declare(HttpClient supplier, Guid site, string from) =>
        supplier.PostAsJsonAsync($"/api/v1/suppliers/mine/sites/{site}/recruiters", new { recruiterName = "Heron Bridge", recruiterCountry = "MM", originCountry = "MM", from }, Stop);

    private static async Task<(HttpClient Supplier, Guid Site)> Site(ServiceHost<Program> host)
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

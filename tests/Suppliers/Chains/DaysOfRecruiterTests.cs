using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Suppliers.Chains;

namespace Recruitment.Suppliers.Tests.Chains;

public sealed class DaysOfRecruiterTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Theory]
    [InlineData(2, null, "day-too-late", "declare it when it begins")]
    [InlineData(300, null, "day-too-late", "declare it when it begins")]
    [InlineData(0, "1989-12-31", "day-too-early", "before 1990")]
    public async Task A_first_day_that_no_recruiter_in_use_can_have_is_refused_with_what_to_do(int ahead, string? day, string code, string sentence)
    {
        var supplier = app.Supplier(await app.NewSupplier($"Dated Plover Mill {code} {ahead}"));
        var site = await SuppliersApp.AddSite(supplier, "Dated Plover Hall");

        using var answer = await Declare(supplier, site, day ?? Text(app.Today.AddDays(ahead)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"urn:recruitment:{code}", problem.GetProperty("type").GetString());
        Assert.Contains(sentence, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_and_the_first_day_of_1990_are_days_to_begin()
    {
        var supplier = app.Supplier(await app.NewSupplier("Edge Plover Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Edge Plover Hall");

        using var today = await Declare(supplier, site, Text(app.Today));
        using var long_ago = await Declare(supplier, site, "1990-01-01", "Old Plover Staffing");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (today.StatusCode, long_ago.StatusCode));
    }

    [Fact]
    public async Task What_was_declared_ahead_before_that_was_refused_ends_on_its_own_first_day()
    {
        var party = await app.NewSupplier("Ahead Plover Mill");
        var supplier = app.Supplier(party);
        var site = await SuppliersApp.AddSite(supplier, "Ahead Plover Hall");
        var first = app.Today.AddDays(200);
        var recruiter = Guid.CreateVersion7();
        await app.Register(recruiter, "recruiter", "Ahead Plover Staffing");
        var link = RecruiterLink.Open(new SiteId(site), new PartyId(party), new PartyId(recruiter), "MMR", first);
        await using (var scope = app.Host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<SuppliersDb>();
            db.Links.Add(link);
            await db.SaveChangesAsync();
        }

        foreach (var _ in new[] { "once", "twice" }) Assert.Equal(HttpStatusCode.NoContent, (await End(link.Id, app.Today)).StatusCode);

        var shown = (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("recruiters")[0];
        Assert.Equal((first, first), (shown.GetProperty("from").Deserialize<DateOnly>(), shown.GetProperty("to").Deserialize<DateOnly>()));

        Task<HttpResponseMessage> End(Guid id, DateOnly to) => supplier.PostAsJsonAsync($"{Base}/mine/recruiters/{id}/end", new { to = Text(to) });
    }

    [Fact]
    public async Task What_has_begun_does_not_end_before_it_did()
    {
        var supplier = app.Supplier(await app.NewSupplier("Begun Plover Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Begun Plover Hall");
        using var declared = await Declare(supplier, site, "2026-01-10");
        var link = (await declared.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();

        using var ended = await supplier.PostAsJsonAsync($"{Base}/mine/recruiters/{link}/end", new { to = "2026-01-09" });

        Assert.Equal(HttpStatusCode.Conflict, ended.StatusCode);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task<HttpResponseMessage> Declare(HttpClient supplier, Guid site, string from, string name = "Plover Staffing") =>
        supplier.PostAsJsonAsync($"{Base}/mine/sites/{site}/recruiters", new { recruiterName = name, recruiterCountry = "MM", originCountry = "MM", from });
}

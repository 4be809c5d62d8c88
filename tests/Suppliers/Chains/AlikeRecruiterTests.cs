using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Tests.Chains;

public sealed class AlikeRecruiterTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Theory]
    [InlineData("Umber Jetty Recruitment (Myanmar)")]
    [InlineData("Umber Jety Recruitment")]
    [InlineData("Umber Jetty")]
    public async Task A_new_name_much_like_a_known_recruiters_is_told_with_its_id(string typed)
    {
        var (supplier, known) = await Known("Umber Jetty Recruitment");

        Assert.Equal(known, Assert.Single(await Alike(supplier, typed, "Myanmar")).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task The_same_name_in_another_country_is_told_for_a_wrong_country_is_the_likeliest_slip()
    {
        var (supplier, known) = await Known("Umber Jetty Recruitment");

        Assert.Equal(known, Assert.Single(await Alike(supplier, "umber jetty RECRUITMENT", "Thailand")).GetProperty("id").GetGuid());
    }

    [Theory]
    [InlineData("UMBER JETTY recruitment", "MM")] // the same name
    [InlineData("Umber Jetty Recruitment (Myanmar)", "KH")] // of another country
    [InlineData("Lantern Hill Recruitment", "MM")] // only the trade in common
    public async Task A_name_that_is_known_as_it_stands_or_is_like_none_raises_no_question(string typed, string country)
    {
        var (supplier, _) = await Known("Umber Jetty Recruitment");

        Assert.Empty(await Alike(supplier, typed, country));
    }

    [Fact]
    public async Task Only_a_supplier_asks_and_only_with_a_name_and_a_country()
    {
        var (supplier, _) = await Known("Umber Jetty Recruitment");

        Assert.Equal(HttpStatusCode.Forbidden, (await app.Brand(SuppliersApp.BrandA).GetAsync($"{Base}/recruiters/alike?name=Umber&country=MM")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Host.Anonymous().GetAsync($"{Base}/recruiters/alike?name=Umber&country=MM")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await supplier.GetAsync($"{Base}/recruiters/alike?name=Umber&country=Atlantis")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await supplier.GetAsync($"{Base}/recruiters/alike?name=-&country=MM")).StatusCode);
    }

    private async Task<(HttpClient Supplier, Guid Recruiter)> Known(string name)
    {
        var recruiter = Guid.Parse("cccccccc-0000-4000-8000-000000000001");
        await app.Register(recruiter, PartyKinds.Recruiter, name, country: "MM");
        return (app.Supplier(await app.NewSupplier("Asking Umber Mill")), recruiter);
    }

    private static async Task<List<JsonElement>> Alike(HttpClient supplier, string name, string country) =>
        [.. (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/recruiters/alike?name={Uri.EscapeDataString(name)}&country={country}")).GetProperty("items").EnumerateArray()];
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Tests;

public sealed class ListPartiesTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Address = "/api/v1/suppliers/parties";

    [Theory]
    [InlineData("juniper", "Juniper & Slate brand")]
    [InlineData("umber lark", "Umber Lark Mill supplier")]
    [InlineData("umber heron", "Umber Heron Recruitment recruiter")]
    [InlineData("umber wren", "Umber Wren Weavers supplier")]
    public async Task An_administrator_finds_an_organisation_of_any_kind_by_part_of_its_name(string query, string expected)
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country\nUmber Lark Mill,TH\n");
        await app.Register(Guid.CreateVersion7(), "recruiter", "Umber Heron Recruitment");
        await app.NewSupplier("Umber Wren Weavers");

        var page = await Administrator().GetFromJsonAsync<JsonElement>($"{Address}?query={Uri.EscapeDataString(query)}");

        Assert.Contains(expected, page.GetProperty("items").EnumerateArray().Select(l => $"{l.GetProperty("name").GetString()} {l.GetProperty("kind").GetString()}"));
        Assert.All(page.GetProperty("items").EnumerateArray(), l => Assert.Contains(query, l.GetProperty("name").GetString()!, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_worker_does_not_find_a_supplier_that_is_no_place_where_she_works()
    {
        await app.NewSupplier("Umber Siskin Weavers");

        using var answer = await app.Service.PostAsJsonAsync("/api/v1/suppliers/directory", new { name = "Umber Siskin Weavers" });

        Assert.DoesNotContain("Siskin", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_given_whole_is_found_among_more_than_a_page_of_longer_ones()
    {
        var longer = Enumerable.Range(0, 55).Select(i => $"Russet Thrush {i}").ToList();
        await app.Import(SuppliersApp.BrandA, $"Name,Country\n{string.Concat(longer.Select(n => $"Mill {n},TH\n"))}Russet Thrush Mill,TH\n");
        foreach (var name in longer) await app.Register(Guid.CreateVersion7(), "recruiter", name);
        await app.Register(Guid.CreateVersion7(), "recruiter", "Russet Thrush");

        var page = await Administrator().GetFromJsonAsync<JsonElement>($"{Address}?query=russet%20thrush");

        Assert.Equal("Russet Thrush", page.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.NotEqual(JsonValueKind.Null, page.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Turning_pages_shows_every_organisation_of_that_name_once()
    {
        var expected = new HashSet<Guid>();
        await app.Import(SuppliersApp.BrandA, $"Name,Country\n{string.Concat(Enumerable.Range(0, 60).Select(i => $"Saffron Pipit Mill {i},TH\n"))}");
        for (var i = 0; i < 60; i++) expected.Add((await app.OnListOf(SuppliersApp.BrandA, $"Saffron Pipit Mill {i}"))!.Value);
        foreach (var kind in new[] { "brand", "recruiter", "supplier" })
        {
            for (var i = 0; i < 30; i++)
            {
                var id = Guid.CreateVersion7();
                await app.Register(id, kind, $"Saffron Pipit {kind} {i}");
                expected.Add(id);
            }
        }
        // One that an administrator has corrected is known from the list and from its registration.
        await app.Register(expected.First(), "supplier", "Saffron Pipit Mill nought");
        var seen = new List<Guid>();

        for (string? next = ""; next is not null;)
        {
            var page = await Administrator().GetFromJsonAsync<JsonElement>($"{Address}?query=saffron%20pipit{(next.Length == 0 ? "" : $"&cursor={next}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(l => l.GetProperty("id").GetGuid()));
            next = page.GetProperty("next").ValueKind == JsonValueKind.Null ? null : page.GetProperty("next").GetRawText();
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(expected.Order(), seen.Order());
    }

    [Theory]
    [InlineData("-25")]
    [InlineData("2000000000")]
    public async Task A_cursor_that_no_page_gave_is_refused(string cursor) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await Administrator().GetAsync($"{Address}?query=juniper&cursor={cursor}")).StatusCode);

    [Fact]
    public async Task Ids_are_answered_with_names_and_an_unknown_one_is_left_out()
    {
        var page = await Administrator().GetFromJsonAsync<JsonElement>($"{Address}?ids={SuppliersApp.BrandA}&ids={Guid.CreateVersion7()}");

        Assert.Equal("Juniper & Slate", Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("..")]
    public async Task A_search_for_nothing_is_told_what_to_do(string query) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await Administrator().GetAsync($"{Address}?query={query}")).StatusCode);

    [Fact]
    public async Task Nobody_else_reads_the_list_of_organisations() =>
        Assert.Equal(HttpStatusCode.Forbidden, (await app.Brand(SuppliersApp.BrandA).GetAsync($"{Address}?query=juniper")).StatusCode);

    private HttpClient Administrator() => app.Host.Client(Roles.Administrator, Guid.CreateVersion7(), PartyKinds.Operator);
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Tests;

public sealed class ListRelationsTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Address = "/api/v1/suppliers/relations";

    [Fact]
    public async Task Turning_pages_loses_and_repeats_no_supplier_while_others_are_listed_and_leave()
    {
        var brand = Guid.CreateVersion7();
        await app.Register(brand, PartyKinds.Brand, "Paged & Alder");
        var first = await app.Import(brand, "Name,Country\nAaa Leaving Mill,TH\n");
        await app.Import(brand, $"Name,Country\n{string.Concat(Enumerable.Range(0, 120).Select(n => $"Paged Mill {n:000},TH\n"))}");
        var seen = new List<string>();

        var page = await Page(null);
        await app.Import(brand, "Name,Country\nAab Arriving Mill,TH\nAac Arriving Mill,TH\n");
        page = await Page(Next());
        Assert.Equal(HttpStatusCode.Accepted, (await app.Brand(brand).PostAsync($"/api/v1/suppliers/imports/{first.GetProperty("id").GetGuid()}/taking-back", null)).StatusCode);
        await Testing.Wait.Until(async () => await app.OnListOf(brand, "Aaa Leaving Mill") is null, "the supplier did not leave");
        page = await Page(Next());

        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
        Assert.Equal([.. Enumerable.Range(0, 120).Select(n => $"Paged Mill {n:000}")], seen.Where(n => n.StartsWith("Paged", StringComparison.Ordinal)));

        string Next() => page.GetProperty("next").GetString()!;

        async Task<JsonElement> Page(string? after)
        {
            var answer = await app.Brand(brand).GetFromJsonAsync<JsonElement>($"{Address}?cursor={after}");
            seen.AddRange(answer.GetProperty("suppliers").EnumerateArray().Select(s => s.GetProperty("name").GetString()!));
            return answer;
        }
    }

    [Theory]
    [InlineData("50")]
    [InlineData("aaaaaaaa-0000-4000-8000-00000000dead")]
    public async Task A_cursor_that_no_page_gave_is_refused(string cursor) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Brand(SuppliersApp.BrandA).GetAsync($"{Address}?cursor={cursor}")).StatusCode);
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;
using Recruitment.Suppliers.Imports;

namespace Recruitment.Suppliers.Tests.Imports;

public sealed class ListImportsTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Address = "/api/v1/suppliers/imports";

    [Fact]
    public async Task The_fifty_first_list_is_on_the_second_page_though_others_are_handed_in_and_removed_meanwhile()
    {
        var brand = Guid.CreateVersion7();
        await app.Register(brand, PartyKinds.Brand, "Many Alders");
        // Every seven at the same moment: a page that ends among them goes on with the others.
        var lists = await Failed(brand, Enumerable.Range(0, 110).Select(i => new DateTime(2026, 3, 1, 8, i / 7, 0, DateTimeKind.Utc)));
        await Failed(SuppliersApp.BrandB, [new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc)]);

        var (first, next) = await Page(brand, null);
        await app.Import(brand, "Name,Country\nLater Wren Mill,TH\n");
        using (var removed = await app.Brand(brand).DeleteAsync(new Uri($"{Address}/{first[^1]}", UriKind.Relative))) Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        var (second, then) = await Page(brand, next);
        var (third, end) = await Page(brand, then);

        Assert.Equal((50, 50, 10), (first.Count, second.Count, third.Count));
        Assert.Null(end);
        Assert.Equal(lists.Order(), first.Concat(second).Concat(third).Order());
    }

    [Theory]
    [InlineData("51")]
    [InlineData("9999999999999999999aaaaaaaa00004000800000000000dead")]
    [InlineData("0000000000000000001x")]
    public async Task A_cursor_that_no_page_gave_is_refused(string cursor) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Brand(SuppliersApp.BrandA).GetAsync(new Uri($"{Address}?cursor={cursor}", UriKind.Relative))).StatusCode);

    private async Task<(List<Guid> Lists, string? Next)> Page(Guid brand, string? cursor)
    {
        var page = await app.Brand(brand).GetFromJsonAsync<JsonElement>($"{Address}?cursor={cursor}");
        return ([.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())], page.GetProperty("next").GetString());
    }

    /// <summary>Lists that could not be read, so that nobody reads them here either.</summary>
    private async Task<List<Guid>> Failed(Guid brand, IEnumerable<DateTime> handedIn)
    {
        await using var scope = app.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SuppliersDb>();
        var made = handedIn.Select(at => SupplierImport.Begin(new(brand), "list.csv", at)).ToList();
        foreach (var import in made) import.Fail("list-empty", "The list has no rows.", import.CreatedAt);
        db.Imports.AddRange(made);
        await db.SaveChangesAsync();
        return [.. made.Select(i => i.Id)];
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests;

/// <summary>A request sent again after a lost answer makes nothing twice.</summary>
public sealed class RepeatedRequestTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Fact]
    public async Task The_same_site_sent_twice_under_one_key_is_one_site_and_one_answer()
    {
        var supplier = await app.NewSupplier("Twice Plover Mill");

        var first = await AddSite(supplier, "one", "Twice Plover Hall");
        var again = await AddSite(supplier, "one", "Twice Plover Hall");
        var other = await AddSite(supplier, "one", "Another Plover Hall");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await Id(first), await Id(again));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await AddSite(supplier, "two", "Twice Plover Hall")).StatusCode);
    }

    [Fact]
    public async Task The_same_recruiter_declared_twice_under_one_key_is_one_link()
    {
        var supplier = await app.NewSupplier("Twice Dunlin Mill");
        var site = await SuppliersApp.AddSite(app.Supplier(supplier), "Twice Dunlin Hall");
        var request = new { recruiterName = "Dunlin Recruitment", recruiterCountry = "MM", originCountry = "MM", from = "2026-01-01" };

        var first = await Keyed(app.Supplier(supplier), "link").PostAsJsonAsync($"{Base}/mine/sites/{site}/recruiters", request);
        var again = await Keyed(app.Supplier(supplier), "link").PostAsJsonAsync($"{Base}/mine/sites/{site}/recruiters", request);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await Id(first), await Id(again));
    }

    [Fact]
    public async Task The_same_list_handed_in_twice_under_one_key_is_one_import()
    {
        var first = await HandIn("list", "Name,Country\nTwice Curlew Mill,TH\n");
        var again = await HandIn("list", "Name,Country\nTwice Curlew Mill,TH\n");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, again.StatusCode));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(await Id(first), await Id(again));
    }

    [Fact]
    public async Task A_refused_list_leaves_its_key_free()
    {
        var refused = await HandIn("free", "%PDF-1.7");
        // Larger than one piece: refused only after some of it was stored.
        var halfWorkbook = await HandIn("free", "PK\u0003\u0004" + new string('x', 600_000));
        var taken = await HandIn("free", "Name,Country\nFree Curlew Mill,TH\n");

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.BadRequest, HttpStatusCode.Accepted), (refused.StatusCode, halfWorkbook.StatusCode, taken.StatusCode));
    }

    [Fact]
    public async Task An_upload_that_broke_off_leaves_its_key_free()
    {
        using var gone = new CancellationTokenSource();
        using var half = new StreamContent(new Breaking(600_000, gone));
        await Assert.ThrowsAnyAsync<Exception>(() => Keyed(app.Brand(SuppliersApp.BrandA), "broken").PostAsync($"{Base}/imports?fileName=list.csv", half, gone.Token));

        HttpResponseMessage again = null!;
        await Wait.Until(async () => (again = await HandIn("broken", "Name,Country\nBroken Curlew Mill,TH\n")).StatusCode != HttpStatusCode.Conflict, "the key stayed taken");

        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
    }

    /// <summary>So much of a list, and then the sender is gone.</summary>
    private sealed class Breaking(int length, CancellationTokenSource gone) : MemoryStream(Encoding.UTF8.GetBytes("Name,Country\n".PadRight(length, 'x')))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read > 0) return read;
            await gone.CancelAsync();
            throw new IOException("The sender is gone.");
        }
    }

    private static HttpClient Keyed(HttpClient client, string key)
    {
        client.DefaultRequestHeaders.Add("Idempotency-Key", key);
        return client;
    }

    private Task<HttpResponseMessage> AddSite(Guid supplier, string key, string name) =>
        Keyed(app.Supplier(supplier), key).PostAsJsonAsync($"{Base}/mine/sites", new { name, address = "12 Canal Road", country = "Thailand" });

    private Task<HttpResponseMessage> HandIn(string key, string list) =>
        Keyed(app.Brand(SuppliersApp.BrandA), key).PostAsync($"{Base}/imports?fileName=list.csv", new ByteArrayContent(Encoding.UTF8.GetBytes(list)));

    private static async Task<Guid> Id(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
}

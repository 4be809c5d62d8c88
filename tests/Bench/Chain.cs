using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.Bench;

/// <summary>A brand, and a supplier that shares with it, made over the API.</summary>
internal sealed class Chain : IDisposable
{
    private readonly Product product;

    private Chain(Product product, Guid brand, Guid supplier)
    {
        this.product = product;
        Brand = product.Client(Roles.BrandAnalyst, brand, PartyKinds.Brand);
        Supplier = product.Client(Roles.SupplierUser, supplier, PartyKinds.Supplier);
    }

    public HttpClient Brand { get; }

    public HttpClient Supplier { get; }

    public static async Task<Chain> Of(Product product)
    {
        var (brand, supplier) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using var service = product.Client(Roles.Service);
        var name = $"Heron Works {supplier:N}";
        await service.PutAsJsonAsync($"api/v1/suppliers/parties/{brand}", new { kind = "brand", name = $"Brand {brand:N}", country = "NLD" });
        await service.PutAsJsonAsync($"api/v1/suppliers/parties/{supplier}", new { kind = "supplier", name, country = "THA" });
        var chain = new Chain(product, brand, supplier);
        await chain.Import($"Name,Country,Address\n{name},TH,1 Canal Road\n");
        var invited = await chain.Brand.PostAsync($"api/v1/suppliers/{supplier}/invitations", null);
        var token = (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!.Split("token=")[1];
        (await service.PostAsJsonAsync("api/v1/suppliers/invitations/accept", new { token })).EnsureSuccessStatusCode();
        var mine = await chain.Supplier.GetFromJsonAsync<JsonElement>("api/v1/suppliers/mine");
        (await chain.Supplier.PostAsync($"api/v1/suppliers/mine/brands/{mine.GetProperty("brands")[0].GetProperty("relationId").GetGuid()}/share", null)).EnsureSuccessStatusCode();
        return chain;
    }

    public async Task<JsonElement> Import(string csv)
    {
        using var content = new StringContent(csv);
        content.Headers.ContentType = new("text/csv");
        return await Import(content);
    }

    /// <summary>Hands a list in and waits until it was read, however long that takes.</summary>
    public async Task<JsonElement> Import(HttpContent list)
    {
        using var received = await Brand.PostAsync("api/v1/suppliers/imports?fileName=bench.csv", list);
        received.EnsureSuccessStatusCode();
        while (true)
        {
            // Tokens live for minutes, a long list for more.
            product.Renew(Brand);
            var import = await Brand.GetFromJsonAsync<JsonElement>(received.Headers.Location);
            if (import.GetProperty("status").GetString() is "done" or "failed") return import;
            await Task.Delay(200);
        }
    }

    public async Task<Guid> AddSite(int number)
    {
        var answer = await Supplier.PostAsJsonAsync("api/v1/suppliers/mine/sites", new { name = $"Hall {number}", address = $"{number} Weir Road", country = "TH", sector = "Apparel" });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    public void Dispose()
    {
        Brand.Dispose();
        Supplier.Dispose();
    }
}

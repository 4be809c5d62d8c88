using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests;

/// <summary>The service as its readers meet it: two brands, their lists, and the suppliers on them.</summary>
public sealed class SuppliersApp : IAsyncLifetime
{
    public static readonly Guid BrandA = Guid.Parse("aaaaaaaa-0000-4000-8000-000000000001");
    public static readonly Guid BrandB = Guid.Parse("bbbbbbbb-0000-4000-8000-000000000001");

    public ServiceHost<Program> Host { get; private set; } = null!;

    public DateOnly Today => Host.Services.GetRequiredService<BusinessClock>().Today;

    public HttpClient Service => Host.Client(Roles.Service, subject: "client:service");

    public async ValueTask InitializeAsync()
    {
        Host = await ServiceHost<Program>.Start("suppliers");
        await Register(BrandA, "brand", "Juniper & Slate");
        await Register(BrandB, "brand", "Otter Lane");
    }

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();

    /// <summary>A second process of the service on the same server's database, with a data folder of its own.</summary>
    internal async Task<ServiceHost<Program>> Replica(string folder)
    {
        var settings = new Dictionary<string, string> { ["DataFolder"] = folder };
        var configured = Host.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>();
        foreach (var name in new[] { "suppliers", "suppliers-migrator" })
            if (configured[$"ConnectionStrings:{name}"] is { } connection) settings[$"ConnectionStrings:{name}"] = connection;
        return await ServiceHost<Program>.Start("suppliers", settings);
    }

    public HttpClient Brand(Guid brand) => Host.Client(Roles.BrandAnalyst, brand, PartyKinds.Brand);

    public HttpClient Supplier(Guid party) => Host.Client(Roles.SupplierUser, party, PartyKinds.Supplier);

    /// <summary>Registers, or corrects what is there from the version that it has now.</summary>
    public async Task Register(Guid id, string kind, string name, Guid? owner = null, string country = "TH")
    {
        using var found = await Service.GetAsync(new Uri($"/api/v1/suppliers/parties/{id}", UriKind.Relative));
        int? version = found.IsSuccessStatusCode ? (await found.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("version").GetInt32() : null;
        using var answer = await Put(Service, id, new { kind, name, country, ownerPartyId = owner }, version);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public static async Task<HttpResponseMessage> Put(HttpClient who, Guid id, object party, int? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/suppliers/parties/{id}") { Content = JsonContent.Create(party) };
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return await who.SendAsync(request);
    }

    public async Task<Guid> NewSupplier(string name)
    {
        var id = Guid.CreateVersion7();
        await Register(id, "supplier", name);
        return id;
    }

    /// <summary>Hands in a list and waits until it has been read.</summary>
    public async Task<JsonElement> Import(Guid brand, string csv) => await Import(brand, Encoding.UTF8.GetBytes(csv));

    public async Task<JsonElement> Import(Guid brand, byte[] file)
    {
        using var content = new ByteArrayContent(file);
        return await Import(brand, "?fileName=list.csv", content);
    }

    public async Task<JsonElement> Import(Guid brand, string query, HttpContent content)
    {
        var client = Brand(brand);
        var received = await client.PostAsync($"/api/v1/suppliers/imports{query}", content);
        Assert.Equal(HttpStatusCode.Accepted, received.StatusCode);
        JsonElement import = default;
        await Wait.Until(async () =>
        {
            import = await client.GetFromJsonAsync<JsonElement>(received.Headers.Location);
            return import.GetProperty("status").GetString() is "done" or "failed";
        }, "the list was not read");
        return import;
    }

    public async Task<JsonElement> Rows(Guid brand, JsonElement import, bool accepted) => (await Brand(brand).GetFromJsonAsync<JsonElement>(
        $"/api/v1/suppliers/imports/{import.GetProperty("id").GetGuid()}/rows?accepted={accepted}")).GetProperty("rows");

    /// <summary>The supplier of that name on the brand's own list.</summary>
    public async Task<Guid?> OnListOf(Guid brand, string name)
    {
        var page = await Brand(brand).GetFromJsonAsync<JsonElement>($"/api/v1/suppliers/relations?query={Uri.EscapeDataString(name)}");
        foreach (var line in page.GetProperty("suppliers").EnumerateArray())
        {
            if (line.GetProperty("name").GetString() == name) return line.GetProperty("partyId").GetGuid();
        }
        return null;
    }

    /// <summary>Invites, and joins as Identity would.</summary>
    public async Task<Guid> Join(Guid brand, string name)
    {
        var party = (await OnListOf(brand, name))!.Value;
        var token = await Invite(Brand(brand), party);
        var accepted = await Service.PostAsJsonAsync("/api/v1/suppliers/invitations/accept", new { token });
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        await Share(Supplier(party), brand);
        return party;
    }

    /// <summary>The supplier lets the brand that asked read its answers.</summary>
    public async Task Share(HttpClient supplier, Guid brand)
    {
        var name = (await Service.GetFromJsonAsync<JsonElement>($"/api/v1/suppliers/parties/{brand}")).GetProperty("name").GetString();
        var asking = (await supplier.GetFromJsonAsync<JsonElement>("/api/v1/suppliers/mine")).GetProperty("brands").EnumerateArray().Single(b => b.GetProperty("brand").GetString() == name);
        var shared = await supplier.PostAsync($"/api/v1/suppliers/mine/brands/{asking.GetProperty("relationId").GetGuid()}/share", null);
        Assert.Equal(HttpStatusCode.NoContent, shared.StatusCode);
    }

    /// <summary>What Identity hears about an invitation that stands.</summary>
    public async Task<JsonElement> Invitation(string token)
    {
        using var answer = await Service.PostAsJsonAsync("/api/v1/suppliers/invitations/read", new { token });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<string> Invite(HttpClient who, Guid party)
    {
        var answer = await who.PostAsync($"/api/v1/suppliers/{party}/invitations", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!.Split("token=")[1];
    }

    public static async Task<Guid> AddSite(HttpClient supplier, string name)
    {
        var answer = await supplier.PostAsJsonAsync("/api/v1/suppliers/mine/sites", new { name, address = "12 Canal Road", country = "Thailand" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}

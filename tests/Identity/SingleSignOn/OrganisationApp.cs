using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Recruitment.Identity.Tests.SingleSignOn;

/// <summary>Identity with a DNS of the test's own and an organisation's provider and directory beside it.</summary>
public sealed class OrganisationApp : IdentityApp
{
    /// <summary>The brand of the demonstration.</summary>
    public static readonly Guid Brand = new("11111111-0000-4000-8000-000000000001");

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Lazy<Task<(string Id, string Secret)>>> directories = new();

    internal NameServer Names { get; } = new();

    internal OutsideProvider Provider { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        await Provider.Start();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
        await Names.DisposeAsync();
    }

    protected override void Arrange(Dictionary<string, string> settings) => settings["SingleSignOn:NameServer"] = Names.Address;

    /// <summary>A program of an owner; demo-owner is the brand's, demo-owner-2 another brand's.</summary>
    public async Task<HttpClient> Owner(string machine = "demo-owner") => Bearing((await Machine(machine, "demo-client")).Body.GetProperty("access_token").GetString()!);

    /// <summary>The organisation's directory, as it speaks SCIM.</summary>
    public async Task<HttpClient> Directory(string machine = "demo-owner")
    {
        var (clientId, secret) = await directories.GetOrAdd(machine, m => new(() => Program(m))).Value;
        using var http = Browser();
        using var answer = await http.PostAsync("connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = secret, ["scope"] = "scim",
        }));
        return Bearing((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!);
    }

    /// <summary>The program that speaks for an organisation's directory, made once by its owner.</summary>
    private async Task<(string Id, string Secret)> Program(string machine)
    {
        using var owner = await Owner(machine);
        using var made = await owner.PostAsJsonAsync("api/v1/identity/clients", new { name = "Directory", role = "brand_analyst", scopes = new[] { "scim" } });
        var client = await made.Content.ReadFromJsonAsync<JsonElement>();
        return (client.GetProperty("clientId").GetString()!, client.GetProperty("secret").GetString()!);
    }

    public async Task Prove(string domain, HttpClient owner)
    {
        using var said = await owner.PutAsJsonAsync("api/v1/identity/domains", new { domain });
        var item = await said.Content.ReadFromJsonAsync<JsonElement>();
        Names.Texts[item.GetProperty("entryName").GetString()!] = item.GetProperty("entryValue").GetString()!;
        using var proved = await owner.PostAsync($"api/v1/identity/domains/{item.GetProperty("id").GetString()}/proof", null);
        Assert.Equal(HttpStatusCode.OK, proved.StatusCode);
    }

    public static async Task SayRoles(HttpClient owner, string? ofAll, params (string Name, string Role)[] groups)
    {
        using var said = await owner.PutAsJsonAsync("api/v1/identity/provisioning", new { roleOfAll = ofAll, groups = groups.Select(g => new { name = g.Name, role = g.Role }) });
        Assert.Equal(HttpStatusCode.OK, said.StatusCode);
    }

    /// <summary>Somebody of another organisation makes an account under an address that he only says is his.</summary>
    public async Task<string> SayAddress(string email, string password)
    {
        var token = (await Machine("demo-owner-2", "demo-client")).Body.GetProperty("access_token").GetString()!;
        var party = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement.GetProperty("party").GetString();
        using var other = Bearing(token);
        using var invited = await other.PostAsJsonAsync($"api/v1/identity/organisations/{party}/invitations", new { role = "brand_analyst" });
        using var browser = Browser();
        using var made = await Fill(browser, (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!.TrimStart('/'), ("email", email), ("password", password));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        return (await Person(email))!.Value.GetProperty("id").GetString()!;
    }

    public async Task UseProvider(HttpClient owner, bool justInTime = true, bool forced = false)
    {
        using var said = await owner.PutAsJsonAsync("api/v1/identity/single-sign-on", new
        {
            issuer = Provider.Issuer, clientId = OutsideProvider.ClientId, clientSecret = OutsideProvider.ClientSecret, emailClaim = (string?)null, groupsClaim = "groups", justInTime, forced,
        });
        Assert.Equal(HttpStatusCode.OK, said.StatusCode);
    }

    /// <summary>What the administrator sees of somebody; null when there is no such account.</summary>
    public async Task<JsonElement?> Person(string email)
    {
        using var admin = Bearing((await Machine("demo-administrator", "demo-client")).Body.GetProperty("access_token").GetString()!);
        string? cursor = null;
        do
        {
            var page = await admin.GetFromJsonAsync<JsonElement>($"api/v1/identity/people{(cursor is null ? "" : $"?cursor={cursor}")}");
            var found = page.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("email").GetString() == email).ToList();
            if (found.Count > 0) return found[0];
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return null;
    }

    public async Task<string[]> RolesOf(string email) => await Person(email) is { } person
        ? [.. person.GetProperty("roles").EnumerateArray().Where(r => r.GetProperty("to").ValueKind == JsonValueKind.Null).Select(r => r.GetProperty("name").GetString()!).Order(StringComparer.Ordinal)]
        : [];
}

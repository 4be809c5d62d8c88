using System.Net;
using System.Net.Http.Json;

namespace Recruitment.Identity.Tests.People;

/// <summary>Accounts are the administrator's alone: every endpoint of the API, every other role.</summary>
public sealed class EveryBorderTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    public static TheoryData<string> Machines =>
    [
        "demo-brand_analyst", "demo-supplier_user", "demo-recruiter_user", "demo-auditor", "demo-decision_maker", "demo-case_handler", "demo-protection_officer", "demo-scheme_manager", "service",
    ];

    [Theory]
    [MemberData(nameof(Machines))]
    public async Task No_other_role_reads_or_changes_accounts_or_moves_the_clock(string machine)
    {
        using var client = app.Bearing((await app.Machine(machine, machine == "service" ? "service-client" : "demo-client")).Body.GetProperty("access_token").GetString()!);
        var (anybody, role) = (Guid.CreateVersion7(), new { partyId = Guid.CreateVersion7(), kind = "operator", role = "administrator" });

        var answers = new[]
        {
            await client.GetAsync("api/v1/identity/people"),
            await client.PostAsJsonAsync("api/v1/identity/invitations", role),
            await client.PostAsync($"api/v1/identity/people/{anybody}/memberships/{anybody}/end", null),
            await client.PostAsync($"api/v1/identity/people/{anybody}/memberships/{anybody}/again", null),
            await client.GetAsync("api/v1/identity/clients"),
            await client.PostAsJsonAsync("api/v1/identity/clients", new { name = "any", role = "scheme_manager", scopes = new[] { "api" } }),
            await client.PostAsJsonAsync("api/v1/identity/clients/any/secret", new { }),
            await client.PostAsync("api/v1/identity/clients/any/end", null),
            await client.GetAsync("api/v1/identity/keys"),
            await client.PostAsync("api/v1/identity/keys/any/retirement", null),
            await client.GetAsync("api/v1/identity/demonstration/clock"),
            await client.PostAsJsonAsync("api/v1/identity/demonstration/clock", new { to = "2099-01-01" }),
        };
        // This one is for services alone.
        using var holders = await client.PostAsJsonAsync("api/v1/identity/holders", new { role = "case_handler", subjects = new[] { anybody.ToString() } });

        Assert.Equal(machine == "service" ? HttpStatusCode.OK : HttpStatusCode.Forbidden, holders.StatusCode);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
    }

    [Fact]
    public async Task The_list_above_has_every_address()
    {
        using var client = app.Browser();

        var document = await client.GetFromJsonAsync<System.Text.Json.JsonElement>("openapi/identity.json");

        Assert.Equal(13, document.GetProperty("paths").EnumerateObject().Sum(path => path.Value.EnumerateObject().Count()));
    }
}

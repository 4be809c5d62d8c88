using System.Net;
using System.Net.Http.Json;

namespace Recruitment.Identity.Tests.People;

/// <summary>Accounts are the administrator's alone: every endpoint of the API, every other role.</summary>
public sealed class EveryBorderTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    public static TheoryData<string> Machines =>
    [
        "demo-brand_analyst", "demo-supplier_user", "demo-recruiter_user", "demo-auditor", "demo-decision_maker", "demo-case_handler", "demo-protection_officer", "demo-scheme_manager", "demo-owner", "service",
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
            await client.GetAsync("api/v1/identity/role-requests"),
            await client.PostAsJsonAsync("api/v1/identity/role-requests", new { role = "case_handler", personId = anybody }),
            await client.PostAsJsonAsync($"api/v1/identity/role-requests/{anybody}/decision", new { agree = true }),
            await client.PostAsync($"api/v1/identity/role-requests/{anybody}/link", null),
            await client.GetAsync("api/v1/identity/claims"),
            await client.PostAsJsonAsync($"api/v1/identity/claims/{anybody}/decision", new { outcome = "verified", basis = "register_extract" }),
            await client.GetAsync("api/v1/identity/overdue-reviews"),
            await client.GetAsync("api/v1/identity/recoveries"),
            await client.PostAsync($"api/v1/identity/recoveries/{anybody}/approve", null),
            await client.PostAsync($"api/v1/identity/recoveries/{anybody}/refusal", null),
            await client.GetAsync("api/v1/identity/mails"),
            await client.GetAsync("api/v1/identity/stuck-work"),
            await client.PostAsync($"api/v1/identity/stuck-work/{anybody}/again", null),
            await client.GetAsync("api/v1/identity/keys"),
            await client.PostAsync("api/v1/identity/keys/any/retirement", null),
            await client.GetAsync("api/v1/identity/demonstration/clock"),
            await client.PostAsJsonAsync("api/v1/identity/demonstration/clock", new { to = "2099-01-01" }),
        };
        var ofOwners = new[]
        {
            await client.GetAsync("api/v1/identity/people/mine"),
            await client.GetAsync("api/v1/identity/audit"),
            await client.GetAsync("api/v1/identity/audit/export"),
            await client.GetAsync("api/v1/identity/audit/verification"),
            await client.GetAsync("api/v1/identity/clients"),
            await client.PostAsJsonAsync("api/v1/identity/clients", new { name = "any", role = "scheme_manager", scopes = new[] { "api" } }),
            await client.PostAsJsonAsync("api/v1/identity/clients/any/secret", new { }),
            await client.PostAsync("api/v1/identity/clients/any/end", null),
            await client.GetAsync("api/v1/identity/sign-in-clients"),
            await client.PostAsJsonAsync("api/v1/identity/sign-in-clients", new { name = "any", redirectUris = new[] { "https://any.example/" } }),
            await client.PostAsJsonAsync("api/v1/identity/sign-in-clients/any/secret", new { }),
            await client.PostAsync("api/v1/identity/sign-in-clients/any/end", null),
            await client.GetAsync("api/v1/identity/domains"),
            await client.PutAsJsonAsync("api/v1/identity/domains", new { domain = "any.example" }),
            await client.PostAsync($"api/v1/identity/domains/{anybody}/proof", null),
            await client.DeleteAsync($"api/v1/identity/domains/{anybody}"),
            await client.GetAsync("api/v1/identity/single-sign-on"),
            await client.PutAsJsonAsync("api/v1/identity/single-sign-on", new { issuer = "https://any.example", clientId = "any", justInTime = false, forced = false }),
            await client.DeleteAsync("api/v1/identity/single-sign-on"),
            await client.GetAsync("api/v1/identity/provisioning"),
            await client.PutAsJsonAsync("api/v1/identity/provisioning", new { groups = Array.Empty<object>() }),
        };
        // This one is for services alone.
        using var holders = await client.PostAsJsonAsync("api/v1/identity/holders", new { role = "case_handler", subjects = new[] { anybody.ToString() } });

        Assert.Equal(machine == "service" ? HttpStatusCode.OK : HttpStatusCode.Forbidden, holders.StatusCode);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.All(ofOwners, answer => Assert.Equal(machine != "demo-owner", answer.StatusCode == HttpStatusCode.Forbidden));
    }

    /// <summary>What is below an organisation is its owners' and the administrator's: <see cref="Organisations.ForeignOrganisationTests"/> tries every address of it.</summary>
    [Theory]
    [MemberData(nameof(Machines))]
    public async Task Nobody_but_an_owner_asks_about_an_organisation(string machine)
    {
        using var client = app.Bearing((await app.Machine(machine, machine == "service" ? "service-client" : "demo-client")).Body.GetProperty("access_token").GetString()!);

        using var answer = await client.GetAsync($"api/v1/identity/organisations/{Guid.CreateVersion7()}/people");
        using var transfers = await client.GetAsync("api/v1/identity/transfers");
        using var answered = await client.PostAsJsonAsync($"api/v1/identity/transfers/{Guid.CreateVersion7()}/answer", new { answer = "accept" });

        Assert.Equal(machine == "demo-owner" ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, answer.StatusCode);
        // Whoever signs in may have been offered an organisation; a service never is.
        Assert.Equal(machine == "service" ? HttpStatusCode.Forbidden : HttpStatusCode.OK, transfers.StatusCode);
        Assert.Equal(machine == "service" ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound, answered.StatusCode);
    }

    [Fact]
    public async Task The_list_above_has_every_address()
    {
        using var client = app.Browser();

        var document = await client.GetFromJsonAsync<System.Text.Json.JsonElement>("openapi/identity.json");

        Assert.Equal(60, document.GetProperty("paths").EnumerateObject().Sum(path => path.Value.EnumerateObject().Count()));
    }
}

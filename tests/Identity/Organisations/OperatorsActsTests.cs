using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Recoveries;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Organisations;

/// <summary>What is done to an organisation, by whomever, its owner reads in its own trail: what it is about too, and no address.</summary>
public sealed class OperatorsActsTests(Offices offices) : IClassFixture<Offices>
{
    private sealed record Line(string What, string Who, string[] About, string Outcome);

    [Fact]
    public async Task What_the_operator_does_to_an_organisation_stands_in_its_own_trail_and_what_was_refused_to_him_does_not()
    {
        var administrator = (await offices.Administrators(1))[0];
        var owner = await offices.Owner();
        var party = owner.Party;
        var other = await offices.Person(party, "supplier", "supplier_user");
        var recovery = Recovery.Of(other.Id, TimeProvider.System.GetUtcNow().UtcDateTime);
        await offices.With(async db =>
        {
            db.Recoveries.Add(recovery);
            return await db.SaveChangesAsync();
        });
        using var operating = offices.As(administrator);

        using var decided = new HttpRequestMessage(HttpMethod.Post, $"api/v1/identity/claims/{party}/decision") { Content = JsonContent.Create(new { outcome = "verified", basis = "met_on_site" }), Headers = { { "If-Match", "\"0\"" } } };
        Assert.Equal(HttpStatusCode.OK, (await operating.SendAsync(decided)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await operating.PostAsJsonAsync($"{At(party)}/people/{other.Id}/roles", new { role = "owner" })).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await operating.PostAsJsonAsync($"{At(party)}/invitations", new { role = "supplier_user", email = "somebody@annex.example" })).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await operating.PostAsJsonAsync("api/v1/identity/invitations", new { partyId = party, kind = "supplier", role = "supplier_user" })).StatusCode);
        var made = await (await operating.PostAsJsonAsync("api/v1/identity/clients", new { name = "a program", role = "supplier_user", scopes = new[] { "api" }, partyId = party })).Content.ReadFromJsonAsync<JsonElement>();
        var client = made.GetProperty("clientId").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await operating.PostAsJsonAsync($"api/v1/identity/clients/{client}/secret", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await operating.PostAsync($"api/v1/identity/clients/{client}/end", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await operating.PostAsync($"api/v1/identity/recoveries/{recovery.Id}/approve", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await operating.PostAsync($"api/v1/identity/recoveries/{recovery.Id}/refusal", null)).StatusCode);
        var owned = await offices.RoleOf(other, "owner");
        Assert.Equal(HttpStatusCode.NoContent, (await operating.PostAsync($"api/v1/identity/people/{other.Id}/memberships/{owned.Id}/end", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await operating.PostAsync($"api/v1/identity/people/{other.Id}/memberships/{owned.Id}/again", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await operating.PostAsync($"{At(party)}/people/{other.Id}/departure", null)).StatusCode);
        await Offices.Refused("last-owner", await operating.PostAsync($"{At(party)}/people/{owner.Id}/roles/{(await offices.RoleOf(owner, "owner")).Id}/end", null));

        using var asOwner = offices.As(owner);
        var read = (await asOwner.GetFromJsonAsync<JsonElement>($"api/v1/identity/audit?who={administrator.Id}")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(
            ["DecideClaim", "GiveRole", "InviteMember", "InvitePerson", "MakeClient", "ChangeClientSecret", "EndClient", "ApproveRecovery", "RefuseRecovery", "EndMembership", "GiveRoleBack", "Departure"],
            read.Select(e => e.GetProperty("what").GetString()).Reverse());
        Assert.All(read, e => Assert.Equal((party, "done"), (e.GetProperty("partyId").GetGuid(), e.GetProperty("outcome").GetString())));
        // The operator's own trail has all of it, and what was refused.
        var own = await LinesOf(Offices.Operator, administrator.Id);
        Assert.Equal(13, own.Count);
        Assert.Equal("last-owner", own[^1].Outcome);
        var verified = await asOwner.GetFromJsonAsync<JsonElement>("api/v1/identity/audit/verification");
        Assert.Equal(JsonValueKind.Null, verified.GetProperty("wrong").ValueKind);
    }

    [Fact]
    public async Task An_entry_names_the_program_and_the_role_that_it_is_about_and_no_address_that_was_typed()
    {
        var owner = await offices.Owner();
        var member = await offices.Person(owner.Party, "supplier", "supplier_user");
        using var asOwner = offices.As(owner);
        await offices.With(async db =>
        {
            var claim = Identity.Claiming.PartyClaim.Of(owner.Party);
            claim.Decide("verified", "met_on_site", "", "a test", TimeProvider.System.GetUtcNow().UtcDateTime);
            db.Claims.Add(claim);
            return await db.SaveChangesAsync();
        });
        var client = await Made(await asOwner.PostAsJsonAsync("api/v1/identity/clients", new { name = "a program", role = "supplier_user", scopes = new[] { "api" } }), "clientId");
        await asOwner.PostAsJsonAsync($"api/v1/identity/clients/{client}/secret", new { });
        await asOwner.PostAsync($"api/v1/identity/clients/{client}/end", null);
        var signIn = await Made(await asOwner.PostAsJsonAsync("api/v1/identity/sign-in-clients", new { name = "Annex", redirectUris = new[] { "https://annex.example/back" } }), "clientId");
        await asOwner.PostAsJsonAsync($"{At(owner.Party)}/people/{member.Id}/roles", new { role = "owner" });
        var invitation = await Made(await asOwner.PostAsJsonAsync($"{At(owner.Party)}/invitations", new { role = "supplier_user", email = "somebody@annex.example" }), "id");
        await asOwner.PostAsync("api/v1/identity/clients/somebody@annex.example/end", null);

        var lines = await LinesOf(owner.Party, owner.Id);

        Assert.Equal([client, "supplier_user"], About("MakeClient"));
        Assert.Equal([client], About("ChangeClientSecret"));
        Assert.Equal([client], lines.Single(l => l is { What: "EndClient", Outcome: "done" }).About);
        Assert.Empty(lines.Single(l => l is { What: "EndClient", Outcome: "not-found" }).About);
        Assert.Equal([signIn], About("RegisterSignInClient"));
        Assert.Equal([$"{owner.Party}", $"{member.Id}", "owner"], About("GiveRole"));
        Assert.Equal([$"{owner.Party}", invitation, "supplier_user"], About("InviteMember"));
        var listed = (await asOwner.GetFromJsonAsync<JsonElement>("api/v1/identity/audit?what=MakeClient")).GetProperty("items")[0].GetProperty("about").EnumerateArray().Select(a => a.GetString());
        Assert.Equal([client, "supplier_user"], listed);

        string[] About(string what) => lines.Single(l => l.What == what).About;
    }

    [Fact]
    public async Task Whoever_joins_is_written_with_the_session_that_he_got()
    {
        var owner = await offices.Owner();
        using var asOwner = offices.As(owner);
        var joined = await offices.Join(await Offices.Link(await asOwner.PostAsJsonAsync($"{At(owner.Party)}/invitations", new { role = "supplier_user" })), $"j{Guid.CreateVersion7():N}@annex.example");

        var session = await offices.With(db => db.Sessions.Where(s => s.PersonId == joined).Select(s => s.Id).SingleAsync());
        Assert.Equal($"{session}", await offices.With(async db => (await AuditTrails.In(db)).Single(e => e.Who == $"{joined}" && e.What == "Join").Session));
    }

    private Task<List<Line>> LinesOf(Guid party, Guid who) => offices.With(async db => (await AuditTrails.In(db)).Where(e => e.Party == party && e.Who == $"{who}")
        .Select(e => new Line(e.What, e.Who, e.About.Split(' ', StringSplitOptions.RemoveEmptyEntries), e.Outcome)).ToList());

    private static async Task<string> Made(HttpResponseMessage answer, string name)
    {
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty(name).GetString()!;
    }

    private static string At(Guid party) => $"api/v1/identity/organisations/{party}";
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Recruitment.Identity.Tests.People;

/// <summary>What an organisation is says Suppliers, and not whoever invites into it.</summary>
public sealed class InvitePersonTests(InvitingSuppliers app) : IClassFixture<InvitingSuppliers>
{
    [Theory]
    [InlineData("brand", "operator", "case_handler", "kind-not-its-own")]
    [InlineData("supplier", "operator", "administrator", "kind-not-its-own")]
    [InlineData("recruiter", "audit_body", "auditor", "kind-not-its-own")]
    [InlineData("brand", "brand", "case_handler", "role-not-of-this-kind")]
    public async Task Nobody_gets_a_role_that_is_not_of_the_organisations_kind(string real, string kind, string role, string code)
    {
        var party = Guid.CreateVersion7();
        app.Kinds[party] = real;

        await Refused(HttpStatusCode.Conflict, code, await Invite(party, kind, role));
    }

    [Fact]
    public async Task An_organisation_that_nobody_registered_gets_nobody()
    {
        await Refused(HttpStatusCode.BadRequest, "unknown-party", await Invite(Guid.CreateVersion7(), "operator", "case_handler"));
    }

    [Fact]
    public async Task An_operator_that_is_registered_nowhere_invites_into_itself()
    {
        var own = Guid.Parse(new JsonWebToken(await app.TokenFor("admin@open-hand.example")).GetClaim("party").Value);

        Assert.Equal(HttpStatusCode.Created, (await Invite(own, "operator", "scheme_manager")).StatusCode);
        await Refused(HttpStatusCode.Conflict, "kind-not-its-own", await Invite(own, "brand", "brand_analyst"));
    }

    [Fact]
    public async Task While_nobody_can_say_what_an_organisation_is_no_link_is_made()
    {
        var party = Guid.CreateVersion7();
        app.Kinds[party] = "brand";
        app.Away = true;
        try
        {
            var answer = await Invite(party, "brand", "brand_analyst");

            await Refused(HttpStatusCode.ServiceUnavailable, "away", answer);
        }
        finally
        {
            app.Away = false;
        }
        Assert.Equal(HttpStatusCode.Created, (await Invite(party, "brand", "brand_analyst")).StatusCode);
    }

    private async Task<HttpResponseMessage> Invite(Guid partyId, string kind, string role)
    {
        using var administrator = app.Bearing(await app.TokenFor("admin@open-hand.example"));
        return await administrator.PostAsJsonAsync("api/v1/identity/invitations", new { partyId, kind, role });
    }

    private static async Task Refused(HttpStatusCode status, string code, HttpResponseMessage answer)
    {
        Assert.Equal(status, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"urn:recruitment:{code}", problem.GetProperty("type").GetString());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("detail").GetString()));
        Assert.False(problem.TryGetProperty("link", out _));
    }
}

using System.Net;
using System.Net.Http.Json;

namespace Recruitment.Identity.Tests.Clients;

/// <summary>A machine does no more than the scopes that its token was asked with, whatever its role may.</summary>
public sealed class ScopeTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Theory]
    [InlineData("api", true, true)]
    [InlineData("api.read", true, false)]
    [InlineData("identity", true, true)]
    [InlineData("identity.read", true, false)]
    [InlineData("suppliers", false, false)]
    [InlineData("suppliers.read", false, false)]
    [InlineData("suppliers.read identity.read", true, false)]
    [InlineData("", false, false)]
    [InlineData("apis", false, false)]
    [InlineData("Api", false, false)]
    public async Task A_machine_may_what_its_scopes_say(string scope, bool reads, bool writes)
    {
        using var machine = app.Bearing(app.Forge("client:any", "administrator", Guid.CreateVersion7(), "operator", scope));

        var read = await machine.GetAsync("api/v1/identity/people");
        var written = await machine.PostAsync($"api/v1/identity/clients/{Guid.CreateVersion7()}/end", null);

        Assert.Equal(reads ? HttpStatusCode.OK : HttpStatusCode.Forbidden, read.StatusCode);
        Assert.Equal(writes ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, written.StatusCode);
        if (reads) return;
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"identity.read\"", read.Headers.WwwAuthenticate.Single().ToString());
        Assert.Contains("urn:recruitment:insufficient-scope", await read.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_persons_token_is_bound_by_its_role_alone()
    {
        using var person = app.Bearing(app.Forge(Guid.CreateVersion7().ToString(), "administrator", Guid.CreateVersion7(), "operator", scope: "profile"));

        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("api/v1/identity/people")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_role_stays_the_reason_whatever_the_scopes()
    {
        using var machine = app.Bearing(app.Forge("client:any", "auditor", Guid.CreateVersion7(), "audit_body", "suppliers"));

        var answer = await machine.PostAsJsonAsync("api/v1/identity/clients", new { name = "x", role = "auditor", scopes = new[] { "api" } });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("urn:recruitment:role-missing", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}

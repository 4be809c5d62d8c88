using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.People;

/// <summary>Identity beside somebody else's Suppliers, who knows one invitation.</summary>
public sealed class InvitingSuppliers : IdentityApp
{
    private readonly WebApplication suppliers;
    private bool accepted;

    private sealed record Asked(string Token);

    public System.Collections.Concurrent.ConcurrentBag<Guid> Claimed { get; } = [];

    public InvitingSuppliers()
    {
        Suppliers = new Uri($"http://127.0.0.1:{Running.FreePort()}/");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Suppliers.ToString());
        suppliers = builder.Build();
        suppliers.MapPut("/api/v1/suppliers/parties/{id:guid}/claim", (Guid id, HttpRequest request) =>
        {
            if (!IsService(request)) return Results.Forbid();
            Claimed.Add(id);
            return Results.NoContent();
        });
        suppliers.MapPost("/api/v1/suppliers/invitations/read", (Asked asked, HttpRequest request) =>
            accepted || asked.Token != "good" || !IsService(request) ? Results.NotFound() : Results.Ok(new { partyName = "Rung Fah Annex", kind = "supplier", invitedBy = "Marisol & Pine" }));
        suppliers.MapPost("/api/v1/suppliers/invitations/accept", (Asked asked, HttpRequest request) =>
        {
            if (accepted || asked.Token != "good" || !IsService(request)) return Results.NotFound();
            accepted = true;
            return Results.Ok(new { partyId = new Guid("22222222-0000-4000-8000-000000000001"), kind = "supplier", role = "supplier_user" });
        });
    }

    protected override Uri Suppliers { get; }

    public override async ValueTask InitializeAsync()
    {
        await suppliers.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await suppliers.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static bool IsService(HttpRequest request) =>
        new JsonWebToken(request.Headers.Authorization.ToString()["Bearer ".Length..]).GetClaim("role").Value == "service";
}

public sealed class JoinTests(InvitingSuppliers app) : IClassFixture<InvitingSuppliers>
{
    [Fact]
    public async Task An_invited_supplier_makes_its_account_once_and_acts_for_the_party_that_was_invited()
    {
        using var browser = app.Browser();
        Assert.Contains("Marisol &amp; Pine invites Rung Fah Annex", await browser.GetStringAsync("identity/join?token=good"), StringComparison.Ordinal);

        var made = await IdentityApp.Fill(browser, "identity/join?token=good", ("email", "new@rung-fah-annex.example"), ("password", IdentityApp.Password));

        Assert.Equal("/sign-in", made.Headers.Location!.ToString());
        var token = new JsonWebToken(await app.TokenFor("new@rung-fah-annex.example"));
        Assert.Equal("22222222-0000-4000-8000-000000000001", token.GetClaim("party").Value);
        Assert.Equal("supplier_user", token.GetClaim("role").Value);
        Assert.Contains("not valid any more", await browser.GetStringAsync("identity/join?token=good"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrators_link_closes_the_organisation_to_the_invitations_of_others()
    {
        using var administrator = app.Bearing(await app.TokenFor("admin@open-hand.example"));
        var party = Guid.CreateVersion7();
        var invited = await administrator.PostAsJsonAsync("api/v1/identity/invitations", new { partyId = party, kind = "supplier", role = "supplier_user" });
        var link = (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!;
        Assert.DoesNotContain(party, app.Claimed);

        using var browser = app.Browser();
        var made = await IdentityApp.Fill(browser, link, ("email", "second@rung-fah-annex.example"), ("password", IdentityApp.Password));

        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Contains(party, app.Claimed);
    }

    [Fact]
    public async Task An_unknown_link_makes_nothing()
    {
        using var browser = app.Browser();

        var page = await browser.GetAsync("identity/join?token=invented");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("not valid any more", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}

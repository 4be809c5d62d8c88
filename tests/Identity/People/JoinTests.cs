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

/// <summary>Identity beside somebody else's Suppliers, who knows some invitations and some organisations.</summary>
public sealed class InvitingSuppliers : IdentityApp
{
    private readonly WebApplication suppliers;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> accepted = [];

    private sealed record Asked(string Token);

    /// <summary>The invitations, and whom they are for.</summary>
    private static readonly Dictionary<string, Guid> Invited = new()
    {
        ["good"] = new("22222222-0000-4000-8000-000000000001"), ["broken"] = new("22222222-0000-4000-8000-000000000002"), ["twice"] = new("22222222-0000-4000-8000-000000000003"),
        ["open"] = new("22222222-0000-4000-8000-000000000004"),
    };

    /// <summary>Organisations and what they are.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<Guid, string> Kinds { get; } = [];

    public bool Away { get; set; }

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
            accepted.ContainsKey(asked.Token) || !Invited.TryGetValue(asked.Token, out var party) || !IsService(request) ? Results.NotFound()
                : Results.Ok(new { partyId = party, partyName = "Rung Fah Annex", kind = "supplier", role = "supplier_user", invitedBy = "Marisol & Pine" }));
        suppliers.MapPost("/api/v1/suppliers/invitations/accept", (Asked asked, HttpRequest request) =>
        {
            if (!Invited.TryGetValue(asked.Token, out var party) || !IsService(request)) return Results.NotFound();
            if (accepted.TryAdd(asked.Token, true) && asked.Token == "broken") request.HttpContext.Abort(); // accepted, and the answer is lost
            return Results.Ok(new { partyId = party, kind = "supplier", role = "supplier_user" });
        });
        suppliers.MapGet("/api/v1/suppliers/parties/{id:guid}", (Guid id, HttpRequest request) =>
            Away ? Results.StatusCode(503) : !IsService(request) ? Results.Forbid() : Kinds.TryGetValue(id, out var kind) ? Results.Ok(new { id, kind, name = "Some Annex" }) : Results.NotFound());
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
        Assert.Equal(["owner", "supplier_user"], token.Claims.Where(c => c.Type == "role").Select(c => c.Value).Order(StringComparer.Ordinal));
        Assert.Contains("not valid any more", await browser.GetStringAsync("identity/join?token=good"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrators_link_closes_the_organisation_to_the_invitations_of_others()
    {
        using var administrator = app.Bearing(await app.TokenFor("admin@open-hand.example"));
        var party = Guid.CreateVersion7();
        app.Kinds[party] = "supplier";
        var invited = await administrator.PostAsJsonAsync("api/v1/identity/invitations", new { partyId = party, kind = "supplier", role = "supplier_user" });
        var link = (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!;
        Assert.DoesNotContain(party, app.Claimed);

        using var browser = app.Browser();
        var made = await IdentityApp.Fill(browser, link, ("email", "second@rung-fah-annex.example"), ("password", IdentityApp.Password));

        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Contains(party, app.Claimed);
    }

    [Fact]
    public async Task A_link_that_broke_off_after_it_was_accepted_can_be_finished_and_makes_one_account()
    {
        using var browser = app.Browser();
        var lost = await Make(browser, "broken", "late@rung-fah-annex.example");
        Assert.NotEqual(HttpStatusCode.Redirect, lost.StatusCode);

        Assert.Contains("This link makes the first account", await browser.GetStringAsync("identity/join?token=broken"), StringComparison.Ordinal);
        var finished = await Make(browser, "broken", "late@rung-fah-annex.example");

        Assert.Equal(HttpStatusCode.Redirect, finished.StatusCode);
        Assert.Equal("22222222-0000-4000-8000-000000000002", new JsonWebToken(await app.TokenFor("late@rung-fah-annex.example")).GetClaim("party").Value);
        Assert.Contains("not valid any more", await browser.GetStringAsync("identity/join?token=broken"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_is_sent_many_times_at_once_makes_one_account()
    {
        var sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(async number =>
        {
            using var browser = app.Browser();
            return (await Make(browser, "twice", $"twice-{number}@rung-fah-annex.example")).StatusCode;
        }));

        Assert.Single(sent, HttpStatusCode.Redirect);
        Assert.DoesNotContain(HttpStatusCode.InternalServerError, sent);
        using var administrator = app.Bearing(await app.TokenFor("admin@open-hand.example"));
        var people = await administrator.GetFromJsonAsync<JsonElement>("api/v1/identity/people");
        Assert.Single(people.GetProperty("items").EnumerateArray(), p => p.GetProperty("email").GetString()!.StartsWith("twice-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", IdentityApp.Password, "Type your e-mail address")]
    [InlineData("not an address", IdentityApp.Password, "Type your e-mail address")]
    [InlineData("third@rung-fah-annex.example", "", "at least 12 characters")]
    public async Task A_field_left_empty_or_mistyped_is_told_in_words_of_the_form(string email, string password, string sentence)
    {
        using var browser = app.Browser();

        var answer = await IdentityApp.Fill(browser, "identity/join?token=open", ("email", email), ("password", password));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains(sentence, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Username", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrators_link_names_the_organisation_and_opens_without_its_name_while_nobody_can_say_it()
    {
        using var administrator = app.Bearing(await app.TokenFor("admin@open-hand.example"));
        var party = Guid.CreateVersion7();
        app.Kinds[party] = "supplier";
        var invited = await administrator.PostAsJsonAsync("api/v1/identity/invitations", new { partyId = party, kind = "supplier", role = "supplier_user" });
        var link = (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!;
        using var browser = app.Browser();

        var named = await browser.GetStringAsync(link);
        app.Away = true;
        var unnamed = await browser.GetStringAsync(link);
        app.Away = false;

        Assert.Contains("one account of Some Annex with the role supplier user", named, StringComparison.Ordinal);
        Assert.Contains("one account with the role supplier user", unnamed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_link_makes_nothing()
    {
        using var browser = app.Browser();

        var page = await browser.GetAsync("identity/join?token=invented");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("not valid any more", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> Make(HttpClient browser, string token, string email) =>
        IdentityApp.Fill(browser, $"identity/join?token={token}", ("email", email), ("password", IdentityApp.Password));
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Identity.Tests.Organisations;

/// <summary>Ways in are opened by nobody who only found a screen left open.</summary>
public sealed class LongSignedInTests(Offices offices) : IClassFixture<Offices>
{
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(16);

    [Fact]
    public async Task Who_signed_in_too_long_ago_makes_no_program_and_names_no_provider()
    {
        var owner = await offices.Owner();
        using var old = offices.As(owner, TooLong);
        using var fresh = offices.As(owner);
        var program = new { name = "Books", role = "supplier_user", scopes = new[] { "api.read" }, days = 30 };

        await Offices.Refused("sign-in-too-old", await old.PostAsJsonAsync("api/v1/identity/clients", program), HttpStatusCode.Unauthorized);
        await Offices.Refused("sign-in-too-old", await old.PutAsJsonAsync("api/v1/identity/single-sign-on", new { issuer = "https://login.example.org/", clientId = "us" }), HttpStatusCode.Unauthorized);

        Assert.False(await offices.With(db => db.Machines.AnyAsync(m => m.PartyId == owner.Party)));
        using var made = await fresh.PostAsJsonAsync("api/v1/identity/clients", program);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var client = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("clientId").GetString();
        await Offices.Refused("sign-in-too-old", await old.PostAsJsonAsync($"api/v1/identity/clients/{client}/secret", new { }), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_administrator_who_signed_in_too_long_ago_neither_asks_for_a_role_nor_agrees_to_one()
    {
        var two = await offices.Administrators(2);
        using var asking = offices.As(two[0]);
        using var askingLate = offices.As(two[0], TooLong);
        var wish = new { role = "case_handler", email = $"reader-{Guid.CreateVersion7():N}@open-hand.example" };
        await Offices.Refused("sign-in-too-old", await askingLate.PostAsJsonAsync("api/v1/identity/role-requests", wish), HttpStatusCode.Unauthorized);
        var asked = await asking.PostAsJsonAsync("api/v1/identity/role-requests", wish);
        var request = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        using var old = offices.As(two[1], TooLong);
        using var fresh = offices.As(two[1]);

        await Offices.Refused("sign-in-too-old", await old.PostAsJsonAsync($"api/v1/identity/role-requests/{request}/decision", new { agree = true }), HttpStatusCode.Unauthorized);

        Assert.Equal(HttpStatusCode.NoContent, (await fresh.PostAsJsonAsync($"api/v1/identity/role-requests/{request}/decision", new { agree = true })).StatusCode);
    }
}

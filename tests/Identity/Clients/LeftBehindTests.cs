using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Identity.Tests.Organisations;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Clients;

/// <summary>What somebody made who has left the organisation goes on, and its owners know it.</summary>
public sealed class LeftBehindTests(Offices offices) : IClassFixture<Offices>
{
    [Fact]
    public async Task The_owners_hear_of_programs_whose_maker_leaves_and_see_it_of_each_and_the_programs_go_on()
    {
        var staying = await offices.Owner();
        var leaving = await offices.Owner(party: staying.Party);
        using var owner = offices.As(staying);
        using var leaver = offices.As(leaving);
        var (own, left) = (await Make(owner, "kept in sight"), await Make(leaver, "nobody's now"));
        Assert.Equal([(own, false), (left, false)], await Listed(owner));
        var membership = (await offices.RoleOf(leaving, "owner")).Id;
        // Whoever owns it no more and belongs to it has not left.
        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsync($"{At(staying.Party)}/people/{leaving.Id}/roles/{membership}/end", null)).StatusCode);
        Assert.Equal([(own, false), (left, false)], await Listed(owner));

        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsync($"{At(staying.Party)}/people/{leaving.Id}/departure", null)).StatusCode);

        Assert.Equal([(own, false), (left, true)], await Listed(owner));
        var review = (await (await owner.PostAsync($"{At(staying.Party)}/reviews", null)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var lines = (await owner.GetFromJsonAsync<JsonElement>($"{At(staying.Party)}/reviews/{review}")).GetProperty("lines").EnumerateArray().Where(l => l.GetProperty("makerHasLeft").GetBoolean());
        Assert.Equal(left, Assert.Single(lines).GetProperty("who").GetString());
        await Wait.Until(() => Task.FromResult(MailsTo(staying.Email).Any()), "a mail to the owner who stays");
        var told = Assert.Single(MailsTo(staying.Email));
        Assert.Contains($"nobody's now ({left})", told, StringComparison.Ordinal);
        Assert.DoesNotContain(own, told, StringComparison.Ordinal);
        Assert.DoesNotContain(leaving.Email, told, StringComparison.Ordinal);
        Assert.Empty(MailsTo(leaving.Email));
    }

    [Fact]
    public async Task Whoever_leaves_another_organisation_has_left_nothing_behind_here()
    {
        var owner = await offices.Owner();
        using var here = offices.As(owner);
        await Make(here, "ours");
        var elsewhere = Guid.CreateVersion7();
        await offices.With(async db =>
        {
            db.Memberships.Add(Identity.People.Membership.Open(owner.Id, elsewhere, "supplier", "supplier_user", TimeProvider.System.GetUtcNow().UtcDateTime, null));
            return await db.SaveChangesAsync();
        });
        using var other = offices.As(await offices.Owner(party: elsewhere));
        Assert.Equal(HttpStatusCode.NoContent, (await other.PostAsync($"{At(elsewhere)}/people/{owner.Id}/departure", null)).StatusCode);

        Assert.False(Assert.Single(await Listed(here)).Left);
        Assert.Empty(MailsTo(owner.Email));
    }

    private static async Task<List<(string Client, bool Left)>> Listed(HttpClient owner) =>
        [.. (await owner.GetFromJsonAsync<JsonElement>("api/v1/identity/clients")).GetProperty("items").EnumerateArray().OrderBy(c => c.GetProperty("createdAt").GetDateTime()).Select(c => (c.GetProperty("clientId").GetString()!, c.GetProperty("makerHasLeft").GetBoolean()))];

    private static async Task<string> Make(HttpClient owner, string name)
    {
        using var made = await owner.PostAsJsonAsync("api/v1/identity/clients", new { name, role = "supplier_user", scopes = new[] { "api.read" } });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("clientId").GetString()!;
    }

    private IEnumerable<string> MailsTo(string email)
    {
        var folder = Path.Combine(offices.Host.DataFolder, "mail");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml").Select(f => MimeKit.MimeMessage.Load(f)).Where(m => m.To.Mailboxes.Single().Address == email).Select(m => m.TextBody ?? "") : [];
    }

    private static string At(Guid party) => $"api/v1/identity/organisations/{party}";
}

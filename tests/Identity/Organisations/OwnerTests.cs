using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Identity.Tests.Organisations;

public sealed class OwnerTests(Offices offices) : IClassFixture<Offices>
{
    [Fact]
    public async Task The_first_account_of_an_organisation_owns_it_and_those_that_it_invites_do_not()
    {
        var (administrator, party) = ((await offices.Administrators(1))[0], Guid.CreateVersion7());
        using var asAdministrator = offices.As(administrator);
        var first = await offices.Join(await Offices.Link(await asAdministrator.PostAsJsonAsync("api/v1/identity/invitations", new { partyId = party, kind = "supplier", role = "supplier_user" })), "first@annex.example");

        Assert.Equal(["owner", "supplier_user"], await offices.RolesOf(first!.Value));
        using var owner = offices.As(new(first.Value, "first@annex.example", party, "supplier", ["supplier_user", "owner"]));
        var second = await offices.Join(await Offices.Link(await owner.PostAsJsonAsync($"{At(party)}/invitations", new { role = "supplier_user" })), "second@annex.example");

        Assert.Equal(["supplier_user"], await offices.RolesOf(second!.Value));
        var people = (await owner.GetFromJsonAsync<JsonElement>($"{At(party)}/people")).GetProperty("items").EnumerateArray().Select(p => p.GetProperty("email").GetString());
        Assert.Equal(["first@annex.example", "second@annex.example"], people);
    }

    [Theory]
    [InlineData("supplier", "owner", "owner-is-added")]
    [InlineData("supplier", "brand_analyst", "role-not-of-this-kind")]
    [InlineData("audit_body", "administrator", "role-not-of-this-kind")]
    [InlineData("operator", "case_handler", "second-administrator-needed")]
    public async Task An_owner_invites_nobody_into_a_role_that_is_not_his_to_give(string kind, string role, string code)
    {
        var someone = await offices.Person(Guid.CreateVersion7(), kind, "owner");
        using var owner = offices.As(someone);

        await Offices.Refused(code, await owner.PostAsJsonAsync($"{At(someone.Party)}/invitations", new { role }));
    }

    [Fact]
    public async Task The_same_request_gets_the_same_link_and_a_withdrawn_one_makes_no_account()
    {
        var someone = await offices.Owner();
        using var owner = offices.As(someone);
        owner.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var link = await Offices.Link(await owner.PostAsJsonAsync($"{At(someone.Party)}/invitations", new { role = "supplier_user", email = "third@annex.example" }));
        Assert.Equal(link, await Offices.Link(await owner.PostAsJsonAsync($"{At(someone.Party)}/invitations", new { role = "supplier_user", email = "third@annex.example" })));
        var open = (await owner.GetFromJsonAsync<JsonElement>($"{At(someone.Party)}/invitations")).GetProperty("items");
        Assert.Equal("third@annex.example", Assert.Single(open.EnumerateArray()).GetProperty("email").GetString());
        Assert.Null(await offices.Join(link, "somebody.else@annex.example"));

        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync($"{At(someone.Party)}/invitations/{open[0].GetProperty("id").GetGuid()}")).StatusCode);

        Assert.Null(await offices.Join(link, "third@annex.example"));
        Assert.Empty((await owner.GetFromJsonAsync<JsonElement>($"{At(someone.Party)}/invitations")).GetProperty("items").EnumerateArray());
        Assert.False(await offices.With(db => db.Links.AnyAsync(l => l.Email == "third@annex.example")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_leaves_or_owns_no_more_comes_back_by_no_link_that_he_made_and_those_of_others_stay(bool leaves)
    {
        var first = await offices.Owner();
        var second = await offices.Person(first.Party, "supplier", "owner");
        using var owner = offices.As(first);
        using var leaver = offices.As(second);
        var (kept, made) = (await Offices.Link(await owner.PostAsJsonAsync($"{At(first.Party)}/invitations", new { role = "supplier_user" })), await Offices.Link(await leaver.PostAsJsonAsync($"{At(first.Party)}/invitations", new { role = "supplier_user" })));

        using var ended = await owner.PostAsync(leaves ? $"{At(first.Party)}/people/{second.Id}/departure" : $"{At(first.Party)}/people/{second.Id}/roles/{(await offices.RoleOf(second, "owner")).Id}/end", null);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);

        Assert.Null(await offices.Join(made, $"back-{Guid.CreateVersion7():N}@annex.example"));
        Assert.NotNull(await offices.Join(kept, $"new-{Guid.CreateVersion7():N}@annex.example"));
    }

    [Fact]
    public async Task The_last_owner_stays_whoever_asks_and_another_one_may_go_and_come_back()
    {
        var first = await offices.Owner();
        var second = await offices.Person(first.Party, "supplier", "supplier_user");
        using var owner = offices.As(first);
        using var administrator = offices.As((await offices.Administrators(1))[0]);
        var owned = await offices.RoleOf(first, "owner");

        await Offices.Refused("last-owner", await owner.PostAsync($"{At(first.Party)}/people/{first.Id}/roles/{owned.Id}/end", null));
        await Offices.Refused("last-owner", await owner.PostAsync($"{At(first.Party)}/people/{first.Id}/departure", null));
        await Offices.Refused("last-owner", await administrator.PostAsync($"api/v1/identity/people/{first.Id}/memberships/{owned.Id}/end", null));
        await Offices.Refused("last-owner", await administrator.PostAsync($"{At(first.Party)}/people/{first.Id}/departure", null));

        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsJsonAsync($"{At(first.Party)}/people/{second.Id}/roles", new { role = "owner" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsync($"{At(first.Party)}/people/{first.Id}/roles/{owned.Id}/end", null)).StatusCode);
        Assert.Equal(["supplier_user"], await offices.RolesOf(first.Id));
        // Ended, and her token says owner for half a minute more: she makes herself no way back.
        Assert.Equal(HttpStatusCode.NotFound, (await owner.PostAsync($"{At(first.Party)}/people/{first.Id}/roles/{owned.Id}/again", null)).StatusCode);
        using var other = offices.As(second with { Roles = ["supplier_user", "owner"] });
        Assert.Equal(HttpStatusCode.NoContent, (await other.PostAsync($"{At(first.Party)}/people/{first.Id}/roles/{owned.Id}/again", null)).StatusCode);
        Assert.Equal(["owner", "supplier_user"], await offices.RolesOf(first.Id));
    }

    [Fact]
    public async Task Of_two_owners_who_end_each_other_at_the_same_moment_one_stays()
    {
        for (var round = 0; round < 4; round++)
        {
            var first = await offices.Owner();
            var second = await offices.Owner(party: first.Party);
            var roles = (await offices.RoleOf(first, "owner"), await offices.RoleOf(second, "owner"));
            using var one = offices.As(first);
            using var other = offices.As(second);

            await Task.WhenAll(
                one.PostAsync($"{At(first.Party)}/people/{second.Id}/roles/{roles.Item2.Id}/end", null),
                other.PostAsync($"{At(first.Party)}/people/{first.Id}/roles/{roles.Item1.Id}/end", null));

            Assert.Equal(1, await offices.With(db => db.Memberships.CountAsync(m => m.PartyId == first.Party && m.Role == "owner" && m.To == null)));
        }
    }

    [Fact]
    public async Task Whoever_departs_has_no_role_here_any_more_and_those_elsewhere_are_not_this_owners_to_end()
    {
        var owner = await offices.Owner();
        var leaving = await offices.Person(owner.Party, "supplier", "supplier_user", "owner");
        var elsewhere = Guid.CreateVersion7();
        await offices.With(async db =>
        {
            db.Memberships.Add(Identity.People.Membership.Open(leaving.Id, elsewhere, "supplier", "supplier_user", TimeProvider.System.GetUtcNow().UtcDateTime, null));
            return await db.SaveChangesAsync();
        });
        using var asOwner = offices.As(owner);

        Assert.Equal(HttpStatusCode.NoContent, (await asOwner.PostAsync($"{At(owner.Party)}/people/{leaving.Id}/departure", null)).StatusCode);

        Assert.Equal([elsewhere], await offices.With(db => db.Memberships.Where(m => m.PersonId == leaving.Id && m.To == null).Select(m => m.PartyId).ToArrayAsync()));
        var listed = await asOwner.GetStringAsync($"{At(owner.Party)}/people");
        Assert.Contains(leaving.Email, listed, StringComparison.Ordinal);
        Assert.DoesNotContain(elsewhere.ToString(), listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_answers_until_a_day_is_no_owner_invites_nobody_and_has_no_role_when_it_is_over()
    {
        var owner = await offices.Owner();
        using var asOwner = offices.As(owner);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime + Bangkok);
        await Offices.Refused("bad-last-day", await asOwner.PostAsJsonAsync($"{At(owner.Party)}/invitations", new { role = "supplier_user", until = today.AddDays(-1) }));
        await Offices.Refused("bad-last-day", await asOwner.PostAsJsonAsync($"{At(owner.Party)}/invitations", new { role = "supplier_user", until = today.AddDays(999) }));
        var link = await Offices.Link(await asOwner.PostAsJsonAsync($"{At(owner.Party)}/invitations", new { role = "supplier_user", until = today.AddDays(3) }));

        var email = $"delegate-{Guid.CreateVersion7():N}@annex.example";
        var person = (await offices.Join(link, email))!.Value;

        Assert.Equal(today.AddDays(4).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - Bangkok, (await offices.With(db => db.Memberships.SingleAsync(m => m.PersonId == person))).Until);
        await Offices.Refused("delegate-is-no-owner", await asOwner.PostAsJsonAsync($"{At(owner.Party)}/people/{person}/roles", new { role = "owner" }));
        using var delegated = offices.As(new(person, email, owner.Party, "supplier", ["supplier_user"]));
        Assert.Equal(HttpStatusCode.Forbidden, (await delegated.PostAsJsonAsync($"{At(owner.Party)}/invitations", new { role = "supplier_user" })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await offices.SignIn(email)).StatusCode);

        await offices.With(db => db.Memberships.Where(m => m.PersonId == person).ExecuteUpdateAsync(set => set.SetProperty(m => m.Until, TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1))));
        var closed = await offices.SignIn(email);
        Assert.Contains("no role any more", await closed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var asTokensAreMade = await offices.With(db => Identity.People.OpenMemberships.WithOpenMemberships(db.People.AsNoTracking(), TimeProvider.System.GetUtcNow().UtcDateTime).SingleAsync(p => p.Id == person));
        Assert.Empty(asTokensAreMade.Memberships);
    }

    /// <summary>How far its days are ahead of those of UTC.</summary>
    private static readonly TimeSpan Bangkok = TimeSpan.FromHours(7);

    private static string At(Guid party) => $"api/v1/identity/organisations/{party}";
}

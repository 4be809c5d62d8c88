using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Tests.Organisations;

namespace Recruitment.Identity.Tests.RoleRequests;

/// <summary>Who reads cases, or says who does, is nobody's to decide alone.</summary>
public sealed class FourEyesTests(Offices offices) : IClassFixture<Offices>
{
    private const string Requests = "api/v1/identity/role-requests";

    [Fact]
    public async Task The_only_administrator_makes_the_second_alone_and_nobody_else()
    {
        using var only = offices.As((await offices.Administrators(1))[0]);
        Assert.True((await only.GetFromJsonAsync<JsonElement>(Requests)).GetProperty("isAlone").GetBoolean());
        await Offices.Refused("second-administrator-needed", await Invite(only, "case_handler"));
        await Offices.Refused("second-administrator-needed", await Invite(only, "protection_officer"));
        var (second, third) = (await Offices.Link(await Invite(only, "administrator")), await Offices.Link(await Invite(only, "administrator")));

        Assert.NotNull(await offices.Join(second, $"second-{Guid.CreateVersion7():N}@open-hand.example"));

        // The other link was made while he was alone; now there are two, and both must agree.
        Assert.Null(await offices.Join(third, $"third-{Guid.CreateVersion7():N}@open-hand.example"));
        await Offices.Refused("second-administrator-needed", await Invite(only, "administrator"));
        Assert.False((await only.GetFromJsonAsync<JsonElement>(Requests)).GetProperty("isAlone").GetBoolean());
        Assert.Equal(HttpStatusCode.Created, (await Invite(only, "scheme_manager")).StatusCode);
    }

    [Fact]
    public async Task Another_administrator_agrees_and_who_asked_alone_takes_the_link_which_is_for_one_address()
    {
        var two = await offices.Administrators(2);
        using var asking = offices.As(two[0]);
        using var agreeing = offices.As(two[1]);
        var email = $"reader-{Guid.CreateVersion7():N}@open-hand.example";
        var request = await Ask(asking, new { role = "case_handler", email });
        await Offices.Refused("no-link", await asking.PostAsync($"{Requests}/{request}/link", null));
        await Offices.Refused("another-administrator", await Decide(asking, request, agree: true));

        Assert.Equal(HttpStatusCode.NoContent, (await Decide(agreeing, request, agree: true)).StatusCode);

        await Offices.Refused("who-asked", await agreeing.PostAsync($"{Requests}/{request}/link", null));
        var link = await Offices.Link(await asking.PostAsync($"{Requests}/{request}/link", null));
        await Offices.Refused("no-link", await asking.PostAsync($"{Requests}/{request}/link", null));
        Assert.Null(await offices.Join(link, "somebody.else@open-hand.example"));
        Assert.Equal(["case_handler"], await offices.RolesOf((await offices.Join(link, email))!.Value));
        Assert.False(await offices.With(db => db.RoleRequests.AnyAsync(r => r.Email == email)));
    }

    [Fact]
    public async Task Neither_who_would_get_it_nor_a_program_agrees_and_a_refused_or_late_request_gives_nothing()
    {
        var three = await offices.Administrators(3);
        var member = await offices.Person(Offices.Operator, "operator", "owner");
        using var asking = offices.As(three[0]);
        using var agreeing = offices.As(three[1]);
        using var program = offices.Machine("administrator", Offices.Operator, "operator");
        var forOneself = await Ask(asking, new { role = "administrator", personId = three[1].Id });
        await Offices.Refused("another-administrator", await Decide(agreeing, forOneself, agree: true));
        await Offices.Refused("people-only", await Decide(program, forOneself, agree: true));
        var byHerAddress = await Ask(asking, new { role = "administrator", email = "later@open-hand.example" });
        await offices.With(db => db.People.Where(p => p.Id == three[1].Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Email, "later@open-hand.example")));
        await Offices.Refused("another-administrator", await Decide(agreeing, byHerAddress, agree: true));

        var refused = await Ask(asking, new { role = "case_handler", personId = member.Id });
        Assert.Equal(HttpStatusCode.NoContent, (await Decide(agreeing, refused, agree: false)).StatusCode);
        await Offices.Refused("request-over", await Decide(agreeing, refused, agree: true));
        var late = await Ask(asking, new { role = "case_handler", personId = member.Id });
        await offices.With(db => db.RoleRequests.Where(r => r.Id == late).ExecuteUpdateAsync(set => set.SetProperty(r => r.ExpiresAt, TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1))));
        await Offices.Refused("request-over", await Decide(agreeing, late, agree: true));
        Assert.Equal(["owner"], await offices.RolesOf(member.Id));

        var good = await Ask(asking, new { role = "case_handler", personId = member.Id });
        Assert.Equal(HttpStatusCode.NoContent, (await Decide(agreeing, good, agree: true)).StatusCode);
        Assert.Equal(["case_handler", "owner"], await offices.RolesOf(member.Id));
    }

    [Fact]
    public async Task No_other_road_leads_to_such_a_role_not_by_a_role_more_and_not_by_giving_one_back()
    {
        var two = await offices.Administrators(2);
        using var one = offices.As(two[0]);
        var handler = await offices.Person(Offices.Operator, "operator", "case_handler");
        var role = await offices.RoleOf(handler, "case_handler");
        var at = $"api/v1/identity/organisations/{Offices.Operator}/people/{handler.Id}/roles";
        Assert.Equal(HttpStatusCode.NoContent, (await one.PostAsync($"{at}/{role.Id}/end", null)).StatusCode);

        await Offices.Refused("second-administrator-needed", await one.PostAsync($"{at}/{role.Id}/again", null));
        await Offices.Refused("second-administrator-needed", await one.PostAsync($"api/v1/identity/people/{handler.Id}/memberships/{role.Id}/again", null));
        var owner = await offices.Person(Offices.Operator, "operator", "owner");
        await Offices.Refused("second-administrator-needed", await one.PostAsJsonAsync($"api/v1/identity/organisations/{Offices.Operator}/people/{owner.Id}/roles", new { role = "protection_officer" }));
        await Offices.Refused("second-administrator-needed", await one.PostAsJsonAsync($"api/v1/identity/organisations/{Offices.Operator}/invitations", new { role = "case_handler" }));
        Assert.Empty(await offices.RolesOf(handler.Id));

        using var other = offices.As(two[1]);
        Assert.Equal(HttpStatusCode.NoContent, (await Decide(other, await Ask(one, new { role = "case_handler", personId = handler.Id }), agree: true)).StatusCode);
        Assert.Equal(["case_handler"], await offices.RolesOf(handler.Id));
    }

    [Fact]
    public async Task What_two_gave_together_no_owner_of_the_operator_ends_who_is_not_administrator()
    {
        await offices.Administrators(2);
        using var owner = offices.As(await offices.Person(Offices.Operator, "operator", "owner"));
        var handler = await offices.Person(Offices.Operator, "operator", "case_handler");
        var role = await offices.RoleOf(handler, "case_handler");
        var at = $"api/v1/identity/organisations/{Offices.Operator}/people/{handler.Id}";

        await Offices.Refused("administrator-ends-this", await owner.PostAsync($"{at}/roles/{role.Id}/end", null));
        await Offices.Refused("administrator-ends-this", await owner.PostAsync($"{at}/departure", null));

        Assert.Equal(["case_handler"], await offices.RolesOf(handler.Id));
    }

    [Fact]
    public async Task Whoever_ends_the_other_administrator_is_not_thereby_free_to_choose_the_next_alone()
    {
        var two = await offices.Administrators(2);
        using var one = offices.As(two[0]);
        Assert.Equal(HttpStatusCode.NoContent, (await one.PostAsync($"api/v1/identity/organisations/{Offices.Operator}/people/{two[1].Id}/departure", null)).StatusCode);

        await Offices.Refused("administrator-ended-lately", await Invite(one, "administrator"));

        await offices.With(db => db.Memberships.Where(m => m.PersonId == two[1].Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.To, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-8))));
        Assert.Equal(HttpStatusCode.Created, (await Invite(one, "administrator")).StatusCode);
    }

    private static Task<HttpResponseMessage> Invite(HttpClient administrator, string role) =>
        administrator.PostAsJsonAsync("api/v1/identity/invitations", new { partyId = Offices.Operator, kind = "operator", role });

    private static async Task<Guid> Ask(HttpClient asking, object request)
    {
        using var asked = await asking.PostAsJsonAsync(Requests, request);
        Assert.Equal(HttpStatusCode.Created, asked.StatusCode);
        return (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private static Task<HttpResponseMessage> Decide(HttpClient administrator, Guid request, bool agree) => administrator.PostAsJsonAsync($"{Requests}/{request}/decision", new { agree });
}

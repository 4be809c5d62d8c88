using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Recruitment.Identity.Tests.Organisations;

public sealed class TransferTests(Offices offices) : IClassFixture<Offices>
{
    [Theory]
    [InlineData("stays_owner", "owner,supplier_user")]
    [InlineData("stays_member", "supplier_user")]
    [InlineData("leaves", "")]
    public async Task Nothing_changes_before_the_member_accepts_and_then_the_giver_is_what_he_said(string giver, string afterwards)
    {
        var (owner, member) = await Two();
        using var giving = offices.As(owner);
        using var taking = offices.As(member);
        var offer = await Offer(giving, owner, member, giver);
        Assert.Equal(["supplier_user"], await offices.RolesOf(member.Id));
        Assert.Equal(owner.Email, Assert.Single((await taking.GetFromJsonAsync<JsonElement>("api/v1/identity/transfers")).GetProperty("items").EnumerateArray()).GetProperty("other").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await Answer(taking, offer, "accept")).StatusCode);

        Assert.Equal(["owner", "supplier_user"], await offices.RolesOf(member.Id));
        Assert.Equal(afterwards.Split(',', StringSplitOptions.RemoveEmptyEntries), await offices.RolesOf(owner.Id));
        await Offices.Refused("transfer-over", await Answer(taking, offer, "accept"));
    }

    [Fact]
    public async Task Nobody_but_whom_it_was_offered_accepts_it_and_nobody_but_who_offered_it_takes_it_back()
    {
        var (owner, member) = await Two();
        var third = await offices.Person(owner.Party, "supplier", "supplier_user", "owner");
        using var giving = offices.As(owner);
        using var taking = offices.As(member);
        using var other = offices.As(third);
        var offer = await Offer(giving, owner, member, "leaves");

        Assert.Equal(HttpStatusCode.NotFound, (await Answer(giving, offer, "accept")).StatusCode);
        foreach (var answer in new[] { "accept", "refuse", "withdraw" }) Assert.Equal(HttpStatusCode.NotFound, (await Answer(other, offer, answer)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Answer(taking, offer, "withdraw")).StatusCode);
        Assert.Empty((await other.GetFromJsonAsync<JsonElement>("api/v1/identity/transfers")).GetProperty("items").EnumerateArray());

        Assert.Equal(HttpStatusCode.NoContent, (await Answer(giving, offer, "withdraw")).StatusCode);
        await Offices.Refused("transfer-over", await Answer(taking, offer, "accept"));
        Assert.Equal(["supplier_user"], await offices.RolesOf(member.Id));
    }

    [Fact]
    public async Task Whoever_lost_the_organisation_meanwhile_gives_it_to_nobody()
    {
        var (owner, member) = await Two();
        var third = await offices.Person(owner.Party, "supplier", "supplier_user", "owner");
        using var giving = offices.As(owner);
        using var taking = offices.As(member);
        using var other = offices.As(third);
        var offer = await Offer(giving, owner, member, "stays_owner");
        await other.PostAsync($"api/v1/identity/organisations/{owner.Party}/people/{owner.Id}/departure", null);

        await Offices.Refused("transfer-over", await Answer(taking, offer, "accept"));

        Assert.Equal(["supplier_user"], await offices.RolesOf(member.Id));
    }

    [Fact]
    public async Task A_stranger_a_machine_and_oneself_are_offered_nothing()
    {
        var (owner, _) = await Two();
        var stranger = await offices.Owner();
        using var giving = offices.As(owner);
        using var machine = offices.Machine("owner", owner.Party, "supplier");

        Assert.Equal(HttpStatusCode.NotFound, (await Send(giving, owner.Party, stranger.Id, "leaves")).StatusCode);
        await Offices.Refused("own-already", await Send(giving, owner.Party, owner.Id, "leaves"));
        await Offices.Refused("people-only", await Send(machine, owner.Party, owner.Id, "leaves"));
    }

    private async Task<(Offices.Someone Owner, Offices.Someone Member)> Two()
    {
        var owner = await offices.Owner();
        return (owner, await offices.Person(owner.Party, "supplier", "supplier_user"));
    }

    private static async Task<Guid> Offer(HttpClient giving, Offices.Someone owner, Offices.Someone to, string giver)
    {
        using var made = await Send(giving, owner.Party, to.Id, giver);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private static Task<HttpResponseMessage> Send(HttpClient giving, Guid party, Guid to, string giver) => giving.PostAsJsonAsync($"api/v1/identity/organisations/{party}/transfers", new { to, giver });

    private static Task<HttpResponseMessage> Answer(HttpClient client, Guid offer, string answer) => client.PostAsJsonAsync($"api/v1/identity/transfers/{offer}/answer", new { answer });
}

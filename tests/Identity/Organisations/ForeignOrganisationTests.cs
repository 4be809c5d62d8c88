using System.Net;
using System.Net.Http.Json;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Organisations;

/// <summary>Tries to cross into another organisation by every address below it.</summary>
public sealed class ForeignOrganisationTests(Offices offices) : IClassFixture<Offices>
{
    [Fact]
    public async Task To_an_owner_of_another_organisation_this_one_does_not_exist_and_a_mere_member_may_not_ask()
    {
        var owner = await offices.Owner();
        var (stranger, member, once) = (await offices.Owner(), await offices.Person(owner.Party, "supplier", "supplier_user"), await offices.Owner(party: owner.Party));
        var role = await offices.RoleOf(owner, "owner");
        using var mine = offices.As(owner);
        var review = (await (await mine.PostAsync($"api/v1/identity/organisations/{owner.Party}/reviews", null)).Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("id").GetGuid();
        var invitation = (await (await mine.PostAsJsonAsync($"api/v1/identity/organisations/{owner.Party}/invitations", new { role = "supplier_user" })).Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("id").GetGuid();
        await mine.PostAsync($"api/v1/identity/organisations/{owner.Party}/people/{once.Id}/departure", null);
        var crossings = Crossings(owner, member.Id, role.Id, invitation, review);
        Assert.Equal(
            Borders.Closed(offices.Services).Where(e => e is "GetOrganisation" or "ListMembers" or "InviteMember" or "ListInvitations" or "WithdrawInvitation" or "GiveRole" or "EndRole" or "GiveBack" or "Departure" or "OfferOwnership" or "BeginReview" or "ListReviews" or "GetReview" or "DecideLine" or "ExportReview"),
            crossings.Select(c => c.Endpoint).Order(StringComparer.Ordinal));

        foreach (var crossing in crossings)
        {
            Assert.Equal((crossing.Endpoint, HttpStatusCode.NotFound), (crossing.Endpoint, await Ask(stranger, crossing)));
            Assert.Equal((crossing.Endpoint, HttpStatusCode.NotFound), (crossing.Endpoint, await Ask(once, crossing))); // whose token still says owner
            Assert.Equal((crossing.Endpoint, HttpStatusCode.Forbidden), (crossing.Endpoint, await Ask(member, crossing)));
            // With her own organisation in the address, what is of another is not found below it.
            if (!crossing.Path.Contains(owner.Party + "/", StringComparison.Ordinal)) continue;
            var own = crossing with { Path = crossing.Path.Replace(owner.Party.ToString(), stranger.Party.ToString(), StringComparison.Ordinal) };
            if (own.Path.Contains(member.Id.ToString(), StringComparison.Ordinal) || own.Path.Contains(review.ToString(), StringComparison.Ordinal) || own.Path.Contains(invitation.ToString(), StringComparison.Ordinal))
                Assert.Equal((own.Endpoint, HttpStatusCode.NotFound), (own.Endpoint, await Ask(stranger, own)));
        }
        Assert.Equal(["supplier_user"], await offices.RolesOf(member.Id));
        Assert.Equal(["owner", "supplier_user"], await offices.RolesOf(owner.Id));
    }

    private static List<Crossing> Crossings(Offices.Someone owner, Guid member, Guid role, Guid invitation, Guid review)
    {
        var at = $"api/v1/identity/organisations/{owner.Party}";
        return
        [
            new("GetOrganisation", "GET", at), new("ListMembers", "GET", $"{at}/people"), new("InviteMember", "POST", $"{at}/invitations", new { role = "supplier_user" }),
            new("ListInvitations", "GET", $"{at}/invitations"), new("WithdrawInvitation", "DELETE", $"{at}/invitations/{invitation}"),
            new("GiveRole", "POST", $"{at}/people/{member}/roles", new { role = "owner" }), new("EndRole", "POST", $"{at}/people/{member}/roles/{role}/end"),
            new("GiveBack", "POST", $"{at}/people/{member}/roles/{role}/again"), new("Departure", "POST", $"{at}/people/{member}/departure"),
            new("OfferOwnership", "POST", $"{at}/transfers", new { to = member, giver = "leaves" }), new("BeginReview", "POST", $"{at}/reviews"), new("ListReviews", "GET", $"{at}/reviews"),
            new("GetReview", "GET", $"{at}/reviews/{review}"), new("DecideLine", "POST", $"{at}/reviews/{review}/lines/{Guid.CreateVersion7()}", new { decision = "end" }),
            new("ExportReview", "GET", $"{at}/reviews/{review}/export"),
        ];
    }

    private async Task<HttpStatusCode> Ask(Offices.Someone who, Crossing crossing)
    {
        using var client = offices.As(who);
        using var request = new HttpRequestMessage(new HttpMethod(crossing.Method), crossing.Path) { Content = crossing.Body is null ? null : JsonContent.Create(crossing.Body) };
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}

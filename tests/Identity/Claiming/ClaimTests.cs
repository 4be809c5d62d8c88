using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Recruitment.Identity.Tests.Organisations;

namespace Recruitment.Identity.Tests.Claiming;

public sealed class ClaimTests(Offices offices) : IClassFixture<Offices>
{
    private static readonly Guid Brand = new("11111111-0000-4000-8000-000000000006");

    [Fact]
    public async Task Who_answers_for_an_organisation_is_pending_until_the_operator_says_on_what_basis_and_tokens_say_so()
    {
        using var administrator = offices.As((await offices.Administrators(1))[0]);
        Assert.False(await SaysVerified("demo-brand_analyst-2"));
        Assert.True(await SaysVerified("demo-case_handler"));
        var pending = await Claim(administrator, Brand, verified: false);
        Assert.Equal(["ben@kestrel-row.example"], pending!.Value.GetProperty("people").EnumerateArray().Select(p => p.GetString()));

        await Offices.Refused("note-names-somebody", await Decide(administrator, Brand, "verified", "spoke with ben@kestrel-row.example", 0));
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await Decide(administrator, Brand, "verified", null, null)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Decide(administrator, Brand, "verified", null, 7)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Decide(administrator, Brand, "verified", "extract of the register seen", 0)).StatusCode);

        Assert.True(await SaysVerified("demo-brand_analyst-2"));
        Assert.Null(await Claim(administrator, Brand, verified: false));
        Assert.Equal("register_extract", (await Claim(administrator, Brand, verified: true))!.Value.GetProperty("basis").GetString());
        using var owner = offices.As(await offices.Owner("brand", "brand_analyst", Brand));
        Assert.Equal("verified", (await owner.GetFromJsonAsync<JsonElement>($"api/v1/identity/organisations/{Brand}")).GetProperty("claim").GetString());
    }

    [Fact]
    public async Task A_refused_claim_ends_every_membership_and_every_link_and_whoever_comes_next_is_pending_again()
    {
        using var administrator = offices.As((await offices.Administrators(1))[0]);
        var impostor = await offices.Owner();
        using var owner = offices.As(impostor);
        var link = await Offices.Link(await owner.PostAsJsonAsync($"api/v1/identity/organisations/{impostor.Party}/invitations", new { role = "supplier_user" }));

        Assert.Equal(HttpStatusCode.OK, (await Decide(administrator, impostor.Party, "refused", null, 0)).StatusCode);

        Assert.Empty(await offices.RolesOf(impostor.Id));
        Assert.Null(await offices.Join(link, "accomplice@annex.example"));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"api/v1/identity/organisations/{impostor.Party}")).StatusCode);
        await offices.Owner(party: impostor.Party);
        Assert.Equal("pending", (await Claim(administrator, impostor.Party, verified: false))!.Value.GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_was_verified_is_not_when_everybody_has_left_and_the_operator_itself_claims_nothing()
    {
        using var administrator = offices.As((await offices.Administrators(1))[0]);
        var leaving = await offices.Owner();
        await Decide(administrator, leaving.Party, "verified", null, 0);
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.PostAsync($"api/v1/identity/organisations/{leaving.Party}/people/{leaving.Id}/departure", null)).StatusCode);

        await offices.Owner(party: leaving.Party);

        Assert.NotNull(await Claim(administrator, leaving.Party, verified: false));
        Assert.Equal(HttpStatusCode.NotFound, (await Decide(administrator, Offices.Operator, "refused", null, 0)).StatusCode);
        Assert.Null(await Claim(administrator, Offices.Operator, verified: false));
    }

    private async Task<bool> SaysVerified(string machine) =>
        new JsonWebToken((await offices.TokenOf(machine)).GetProperty("access_token").GetString()).GetPayloadValue<bool>("party_verified");

    private static async Task<JsonElement?> Claim(HttpClient administrator, Guid party, bool verified)
    {
        Guid? cursor = null;
        do
        {
            var page = await administrator.GetFromJsonAsync<JsonElement>($"api/v1/identity/claims?verified={(verified ? "true" : "false")}{(cursor is null ? "" : $"&cursor={cursor}")}");
            foreach (var item in page.GetProperty("items").EnumerateArray()) if (item.GetProperty("partyId").GetGuid() == party) return item;
            cursor = page.GetProperty("next").ValueKind == JsonValueKind.Null ? null : page.GetProperty("next").GetGuid();
        }
        while (cursor is not null);
        return null;
    }

    private static async Task<HttpResponseMessage> Decide(HttpClient administrator, Guid party, string outcome, string? note, int? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/identity/claims/{party}/decision") { Content = JsonContent.Create(new { outcome, basis = "register_extract", note }) };
        if (version is { } read) request.Headers.TryAddWithoutValidation("If-Match", FormattableString.Invariant($"\"{read}\""));
        return await administrator.SendAsync(request);
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Recruitment.Identity.Tests.SingleSignOn;

/// <summary>A domain is whose its DNS says it is.</summary>
public sealed class DomainTests(OrganisationApp app) : IClassFixture<OrganisationApp>
{
    [Fact]
    public async Task A_domain_is_proved_by_its_entry_and_by_nothing_else()
    {
        using var owner = await app.Owner();
        var said = await Say(owner, "Example-Brand.example");
        var (id, entry, value) = (said.GetProperty("id").GetString(), said.GetProperty("entryName").GetString()!, said.GetProperty("entryValue").GetString()!);

        using var without = await owner.PostAsync($"api/v1/identity/domains/{id}/proof", null);
        app.Names.Texts[entry] = "fair-recruitment-check=somebody-else";
        using var wrong = await owner.PostAsync($"api/v1/identity/domains/{id}/proof", null);
        app.Names.Texts[entry] = value;
        using var right = await owner.PostAsync($"api/v1/identity/domains/{id}/proof", null);

        Assert.Equal("example-brand.example", said.GetProperty("domain").GetString());
        Assert.Equal(HttpStatusCode.Conflict, without.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        Assert.True((await right.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("proved").GetBoolean());
    }

    [Fact]
    public async Task A_domain_said_twice_has_the_same_entry_and_another_organisations_is_not_there()
    {
        using var owner = await app.Owner();
        using var other = await app.Owner("demo-owner-2");
        var (first, second) = (await Say(owner, "twice.example"), await Say(owner, "twice.example"));
        var others = await Say(other, "twice.example");

        using var foreign = await other.PostAsync($"api/v1/identity/domains/{first.GetProperty("id").GetString()}/proof", null);
        using var removed = await other.DeleteAsync($"api/v1/identity/domains/{first.GetProperty("id").GetString()}");

        Assert.Equal(first.GetProperty("entryValue").GetString(), second.GetProperty("entryValue").GetString());
        Assert.NotEqual(first.GetProperty("entryValue").GetString(), others.GetProperty("entryValue").GetString());
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, removed.StatusCode);
    }

    [Fact]
    public async Task Whoever_proves_a_domain_later_has_it_and_who_had_it_before_has_it_no_more()
    {
        using var owner = await app.Owner();
        using var other = await app.Owner("demo-owner-2");
        await app.Prove("sold.example", owner);

        await app.Prove("sold.example", other);

        var mine = await owner.GetFromJsonAsync<JsonElement>("api/v1/identity/domains");
        Assert.False(mine.GetProperty("items").EnumerateArray().Single(d => d.GetProperty("domain").GetString() == "sold.example").GetProperty("proved").GetBoolean());
    }

    [Fact]
    public async Task Whoever_takes_the_entry_away_has_the_domain_no_more_when_it_is_looked_at()
    {
        using var owner = await app.Owner();
        await app.Prove("given-up.example", owner);
        app.Names.Texts.Clear();

        using var looked = await owner.PostAsync($"api/v1/identity/domains/{(await Say(owner, "given-up.example")).GetProperty("id").GetString()}/proof", null);

        Assert.False((await looked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("proved").GetBoolean());
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("")]
    [InlineData("no spaces.example")]
    [InlineData("http://organisation.example")]
    [InlineData("-a.example")]
    public async Task What_is_no_domain_is_refused(string domain)
    {
        using var owner = await app.Owner();

        using var refused = await owner.PutAsJsonAsync("api/v1/identity/domains", new { domain });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private static async Task<JsonElement> Say(HttpClient owner, string domain)
    {
        using var said = await owner.PutAsJsonAsync("api/v1/identity/domains", new { domain });
        Assert.Equal(HttpStatusCode.OK, said.StatusCode);
        return await said.Content.ReadFromJsonAsync<JsonElement>();
    }
}

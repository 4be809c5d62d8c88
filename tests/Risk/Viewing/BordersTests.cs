using System.Net;

namespace Recruitment.Risk.Tests.Viewing;

public sealed class BordersTests(RiskApp app) : IClassFixture<RiskApp>
{
    [Fact]
    public async Task A_brand_sees_a_site_only_while_it_buys_there()
    {
        var brand = await app.Party("brand", "Marisol & Pine");
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        var site = await app.Site(supplier);
        Assert.Equal(HttpStatusCode.NotFound, await Status(app.Brand(brand), site));

        var relation = await app.Buys(brand, supplier);
        Assert.Equal(HttpStatusCode.OK, await Status(app.Brand(brand), site));

        await app.Buys(brand, supplier, "ended", relation);
        Assert.Equal(HttpStatusCode.NotFound, await Status(app.Brand(brand), site));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Brand(brand).GetAsync(new Uri($"api/v1/risk/sites/{site}/inputs", UriKind.Relative))).StatusCode);
        Assert.Equal(0, (await RiskApp.Get(app.Brand(brand), "api/v1/risk/sites")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_supplier_sees_its_own_sites_and_no_others()
    {
        var mine = await app.Party("supplier", "Rung Fah Seafood Processing");
        var theirs = await app.Party("supplier", "Chao Phraya Knitwear Works");
        var site = await app.Site(mine);

        Assert.Equal(HttpStatusCode.OK, await Status(app.Supplier(mine), site));
        Assert.Equal(HttpStatusCode.NotFound, await Status(app.Supplier(theirs), site));
    }

    [Theory]
    [InlineData("recruiter_user", "recruiter")]
    [InlineData("auditor", "audit_body")]
    [InlineData("decision_maker", "audit_body")]
    [InlineData("case_handler", "operator")]
    [InlineData("protection_officer", "operator")]
    [InlineData("scheme_manager", "operator")]
    [InlineData("administrator", "operator")]
    [InlineData("owner", "supplier")]
    [InlineData("service", "")]
    public async Task Nobody_else_sees_any_site(string role, string kind)
    {
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        var site = await app.Site(supplier);

        Assert.Equal(HttpStatusCode.Forbidden, await Status(app.As(role, supplier, kind), site));
    }

    [Fact]
    public async Task A_role_without_its_kind_of_organisation_sees_nothing()
    {
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        var site = await app.Site(supplier);
        await app.Buys(supplier, supplier);

        Assert.Equal(HttpStatusCode.NotFound, await Status(app.As("brand_analyst", supplier, "recruiter"), site));
        Assert.Equal(HttpStatusCode.NotFound, await Status(app.As("supplier_user", supplier, "brand"), site));
    }

    [Fact]
    public async Task A_stranger_is_asked_who_he_is() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous().GetAsync(new Uri("api/v1/risk/sites", UriKind.Relative))).StatusCode);

    [Theory]
    [InlineData("?topic=weather")]
    [InlineData("?cursor=abc")]
    [InlineData("?cursor=-3")]
    [InlineData("?cursor=25")]
    [InlineData("?cursor=1.2.3")]
    public async Task A_wrong_question_gets_a_problem_that_says_what_to_do(string query)
    {
        var brand = await app.Party("brand", "Marisol & Pine");

        var answer = await app.Brand(brand).GetAsync(new Uri($"api/v1/risk/sites{query}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<HttpStatusCode> Status(HttpClient who, Guid site) =>
        (await who.GetAsync(new Uri($"api/v1/risk/sites/{site}", UriKind.Relative))).StatusCode;
}

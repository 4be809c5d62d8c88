using Xunit.Sdk;

namespace Recruitment.Web.Tests.Suppliers;

/// <summary>The check that forms of suppliers are held to refuses what the service refuses.</summary>
public sealed class DocumentedTests
{
    private const string Site = "/api/v1/suppliers/mine/sites/0198f0c0-0000-7000-8000-0000000000c1";

    [Theory]
    [InlineData("PUT /api/v1/suppliers/mine/profile", """{"legalName":"Heron","once":"x"}""", "no member once")]
    [InlineData("PUT /api/v1/suppliers/mine/profile", """{"legalName":7}""", "legalName is number")]
    [InlineData("POST /api/v1/suppliers/mine/sites", """{"name":"Hall","country":"TH"}""", "lacks address")]
    [InlineData($"PUT {Site}/workforce", """{"asOf":"2026-01-31","counts":[{"nationality":"MM","sex":"female","workers":12,"age":7}]}""", "no member age")]
    [InlineData($"PATCH {Site}", "{}", "not documented")]
    [InlineData("POST /api/v1/suppliers/mine/cites", "{}", "not documented")]
    public void What_the_service_would_not_take_fails(string call, string body, string why)
    {
        var failed = Assert.ThrowsAny<XunitException>(() => Documented.Takes(call, body));

        Assert.Contains(why, failed.ToString(), StringComparison.Ordinal);
    }
}

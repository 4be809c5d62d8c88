using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Register.Tests;

/// <summary>Every endpoint, every role: docs/access/register.txt. And that such a table, which every service has, is not to be escaped.</summary>
public sealed class AccessTests(RegisterApp app) : IClassFixture<RegisterApp>
{
    private const string Table = "docs/access/register.txt";

    [Fact]
    public async Task Everybody_gets_what_the_table_says_and_no_foreign_organisation_anything()
    {
        var recruiter = await app.Granted("Saffron Bridge Recruitment");

        var table = await AccessTable.Of(app.Host, "register", [new("GetRecruiter", $"{RegisterApp.Root}/{recruiter}", [])]);

        Assert.Empty(table.Holes);
        Assert.Empty(table.DifferencesTo(Table));
    }

    [Fact]
    public async Task An_endpoint_that_is_not_in_the_table_is_found_and_one_that_gives_strangers_a_thing_whatever_the_table_says()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-access-").FullName;
        await using var issuer = await TestIssuer.Start();
        await using (var host = await Careless(folder, issuer))
        {
            using var http = new HttpClient { BaseAddress = new(host.Urls.Single()) };

            var table = await AccessTable.Of(host.Services, http, issuer, "register", [new("GetDraft", $"/api/v1/register/drafts/{Guid.CreateVersion7()}", [])], new Dictionary<string, string>());

            Assert.Equal(
            [
                "GET /api/v1/register/drafts/{id:guid} says answered to auditor of a foreign audit_body",
                "GET /api/v1/register/drafts/{id:guid} says answered to owner of a foreign audit_body",
                "GET /api/v1/register/drafts/{id:guid} says answered to owner of a foreign brand",
                "GET /api/v1/register/drafts/{id:guid} says answered to owner of a foreign recruiter",
                "GET /api/v1/register/drafts/{id:guid} says answered to owner of a foreign supplier",
                "GET /api/v1/register/forgotten/{id:guid} (Forgotten) names a thing, and no test has arranged one or said why not",
            ], table.Holes.Order(StringComparer.Ordinal));
            var differences = table.DifferencesTo(Table, write: false);
            Assert.Contains("committed: GET /api/v1/register/recruiters/{id:guid}  GetRecruiter", differences);
            Assert.Contains("now: GET /api/v1/register/silent", differences);
            Assert.Contains("now: GET /api/v1/register/silent | gate     nobody; stranger 401; other audience 401; machine 403, without scope 403, to read only 403, with another service's scope 403", differences);
            Assert.Contains("now: GET /api/v1/register/drafts/{id:guid}  GetDraft | gate     auditor, owner; stranger 401; other audience 401; machine through, without scope 403, to read only through, with another service's scope 403", differences);
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Somebody's endpoints: two that ask for a role and for nothing else, and one that says nothing.</summary>
    private static async Task<WebApplication> Careless(string folder, TestIssuer issuer)
    {
        var builder = WebApplication.CreateSlimBuilder(["--Mode", "demonstration", "--DataFolder", folder, "--Issuer", issuer.Address, "--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults("register");
        builder.AddMessaging();
        var host = builder.Build();
        host.UseServiceDefaults();
        host.MapGet("/api/v1/register/drafts/{id:guid}", (Guid id) => TypedResults.Ok(id)).WithName("GetDraft").RequireRoles(Roles.Auditor, Roles.Owner);
        host.MapGet("/api/v1/register/forgotten/{id:guid}", (Guid id) => TypedResults.Ok(id)).WithName("Forgotten").RequireRoles(Roles.Auditor);
        host.MapGet("/api/v1/register/silent", () => TypedResults.Ok());
        await host.StartAsync();
        return host;
    }
}

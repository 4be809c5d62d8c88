using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Independent;

/// <summary>The services behind an issuer of others, oidc-provider (provider.mjs): they know an address and nothing more.</summary>
public sealed class ProviderTests(ProviderTests.BehindAnother app) : IClassFixture<ProviderTests.BehindAnother>
{
    [Theory]
    [InlineData("analyst", "api", "GET", HttpStatusCode.OK)]
    [InlineData("analyst", "suppliers.read", "GET", HttpStatusCode.OK)]
    [InlineData("analyst", "suppliers.read", "POST", HttpStatusCode.Forbidden)]
    [InlineData("auditor", "api", "POST", HttpStatusCode.Forbidden)]
    [InlineData("other-api", "api", "GET", HttpStatusCode.Unauthorized)]
    public async Task Roles_scopes_and_audience_of_another_issuer_are_read_as_our_own(string client, string scope, string method, HttpStatusCode expected)
    {
        if (await Node.WhyNot() is { } why) Assert.Skip(why);
        using var http = new HttpClient { BaseAddress = app.Services };
        using var request = new HttpRequestMessage(new HttpMethod(method), method == "GET" ? "api/v1/suppliers/webhooks" : "api/v1/suppliers/webhooks/");
        if (method == "POST") request.Content = JsonContent.Create(new { url = "https://hooks.example.org/", events = new[] { "supplier_list.read" } });
        request.Headers.Authorization = new("Bearer", await app.Token(client, scope));

        var answer = await http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("identity", "people")]
    [InlineData("suppliers", "republish")]
    [InlineData("accreditation", "dead-letters")]
    [InlineData("grievances", "dead-letters")]
    [InlineData("risk", "dead-letters")]
    [InlineData("reports", "republish")]
    [InlineData("register", "dead-letters")]
    public async Task Each_service_takes_its_own_scope_and_that_of_all_and_no_other(string service, string path)
    {
        if (await Node.WhyNot() is { } why) Assert.Skip(why);
        var anothers = service == "risk" ? "reports" : "risk";
        foreach (var (scope, opens) in new[] { (service, true), ($"{service}.read", true), ("api.read", true), ("api", true), (anothers, false), ($"{anothers}.read", false) })
        {
            using var http = new HttpClient { BaseAddress = app.Services };
            using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/{service}/{path}");
            request.Headers.Authorization = new("Bearer", await app.Token("administrator", scope));

            var answer = await http.SendAsync(request);

            Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
            if (!opens) Assert.Equal($"Bearer error=\"insufficient_scope\", scope=\"{service}.read\"", answer.Headers.WwwAuthenticate.Single().ToString());
        }
    }

    [Fact]
    public async Task A_token_of_nobody_is_refused_and_so_is_one_that_was_changed()
    {
        if (await Node.WhyNot() is { } why) Assert.Skip(why);
        var token = await app.Token("analyst", "api");
        using var http = new HttpClient { BaseAddress = app.Services };

        foreach (var wrong in new[] { "", "x", token[..^8] + "AAAAAAAA", token[(token.IndexOf('.', StringComparison.Ordinal) + 1)..] })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/suppliers/webhooks");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {wrong}");
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(request)).StatusCode);
        }
    }

    /// <summary>The product in one process, whose people and machines are another program's.</summary>
    public sealed class BehindAnother : IAsyncLifetime
    {
        private const string ServiceSecret = "secret-of-our-services-at-an-independent-provider";
        private readonly Uri issuer = new($"http://localhost:{Running.FreePort()}/");
        private readonly string folder = Directory.CreateTempSubdirectory("recruitment-provider-").FullName;
        private Process? provider;
        private StartedProgram? product;

        public Uri Services { get; } = new($"http://localhost:{Running.FreePort()}/");

        public async ValueTask InitializeAsync()
        {
            if (await Node.WhyNot() is not null) return;
            provider = Node.Start("provider.mjs", new Dictionary<string, string> { ["PORT"] = $"{issuer.Port}", ["SERVICE_SECRET"] = ServiceSecret, ["PARTY"] = $"{Guid.CreateVersion7()}" });
            provider.ErrorDataReceived += (_, _) => { };
            provider.BeginErrorReadLine();
            while (await provider.StandardOutput.ReadLineAsync() is { } line && line != "provider ready") { }
            product = new("AllInOne", Services, new Dictionary<string, string>
            {
                ["Mode"] = "demonstration", ["DataFolder"] = folder, ["Issuer"] = issuer.ToString().TrimEnd('/'), ["Secrets:service-client"] = ServiceSecret,
            });
            await product.Answers("health/ready");
        }

        public async Task<string> Token(string client, string scope)
        {
            using var http = new HttpClient { BaseAddress = issuer };
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = "secret-of-an-independent-provider", ["scope"] = scope,
            });
            using var answer = await http.PostAsync("token", form);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
        }

        public async ValueTask DisposeAsync()
        {
            if (product is not null) await product.DisposeAsync();
            if (provider is { HasExited: false }) provider.Kill();
            provider?.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }
}

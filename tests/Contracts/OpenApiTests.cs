using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.OpenApi;

namespace Recruitment.Contracts.Tests;

/// <summary>The HTTP API is documented, the documents are valid, and a change to them is a visible difference.</summary>
public sealed class OpenApiTests : IClassFixture<OpenApiTests.Host>
{
    private readonly Host host;

    public OpenApiTests(Host host) => this.host = host;

    public static TheoryData<string> Services => ["identity", "suppliers", "accreditation", "grievances", "risk", "reports", "register"];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task The_document_is_as_committed(string service) => Snapshot.Matches($"docs/openapi/{service}.json", await host.Document(service));

    [Theory]
    [MemberData(nameof(Services))]
    public async Task The_document_is_valid_and_not_empty(string service)
    {
        var read = OpenApiDocument.Parse(await host.Document(service), OpenApiConstants.Json);

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.NotEmpty(read.Document!.Paths);
    }

    [Fact]
    public void An_invalid_document_is_found()
    {
        var read = OpenApiDocument.Parse("""{"openapi":"3.1.1","info":{"title":"x"},"paths":{}}""", OpenApiConstants.Json);

        Assert.NotEmpty(read.Diagnostic!.Errors);
    }

    public sealed class Host : IAsyncDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("recruitment-openapi-").FullName;
        private readonly WebApplicationFactory<AllInOne.Program> factory;

        public Host() => factory = new WebApplicationFactory<AllInOne.Program>().WithWebHostBuilder(web =>
        {
            web.UseSetting("DataFolder", folder);
            web.UseSetting("environment", "Production");
            web.UseSetting("Mode", "operation");
            web.UseSetting("urls", "http://localhost");
        });

        public async Task<string> Document(string service)
        {
            using var client = factory.CreateClient();
            return await client.GetStringAsync($"/openapi/{service}.json");
        }

        public async ValueTask DisposeAsync()
        {
            await factory.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}

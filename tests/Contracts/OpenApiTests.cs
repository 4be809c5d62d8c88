using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.OpenApi;
using Recruitment.Platform;

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

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Every_operation_says_in_a_sentence_what_it_does(string service) =>
        Assert.Empty(Wordless(OpenApiDocument.Parse(await host.Document(service), OpenApiConstants.Json).Document!));

    /// <summary>Every slice calls its body Request: by that name alone the first would stand for all.</summary>
    [Theory]
    [MemberData(nameof(Services))]
    public async Task No_schema_stands_for_the_bodies_of_several_slices(string service) => Assert.DoesNotContain(
        OpenApiDocument.Parse(await host.Document(service), OpenApiConstants.Json).Document!.Components!.Schemas!.Keys, name => name is "Request" or "Response" or "Answer");

    [Fact]
    public void An_operation_without_a_sentence_is_found() => Assert.Equal(["GET /a"], Wordless(OpenApiDocument.Parse(
        """{"openapi":"3.1.1","info":{"title":"x","version":"1"},"paths":{"/a":{"get":{"responses":{}}},"/b":{"get":{"summary":"Says it.","responses":{}}}}}""", OpenApiConstants.Json).Document!));

    [Theory]
    [InlineData("PUT /a/{id} (recruiter): does this. And that.", "Does this.", "For: recruiter. And that.")]
    [InlineData("GET /a/{id}, brand or supplier: does this.", "Does this.", "For: brand or supplier.")]
    [InlineData("GET /a: does this.", "Does this.", null)]
    public void The_sentence_over_a_slice_is_its_summary(string sentence, string summary, string? description) =>
        Assert.Equal((summary, description), Documentation.Split(sentence));

    private static IEnumerable<string> Wordless(OpenApiDocument document) => document.Paths
        .SelectMany(p => p.Value.Operations!.Where(o => string.IsNullOrWhiteSpace(o.Value.Summary)).Select(o => $"{o.Key} {p.Key}"));

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

using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Recruitment.Platform;

namespace Recruitment.Contracts.Tests;

/// <summary>The HTTP API is documented, the documents are valid, and a change to them is a visible difference.</summary>
public sealed partial class OpenApiTests : IClassFixture<OpenApiTests.Host>
{
    private static readonly Type[] Readers = [typeof(HttpRequest), typeof(HttpContext), typeof(Stream), typeof(System.IO.Pipelines.PipeReader)];

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

    /// <summary>An endpoint that takes the request or its stream reads the body itself: the framework cannot see that, and describes nothing.</summary>
    [Theory]
    [MemberData(nameof(Services))]
    public async Task Every_operation_that_reads_a_body_describes_it(string service) =>
        Assert.Empty(Undescribed(OpenApiDocument.Parse(await host.Document(service), OpenApiConstants.Json).Document!, host.Endpoints));

    [Fact]
    public async Task An_endpoint_that_reads_a_body_and_describes_none_is_found()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapPost("/silent/{id:guid}", (Guid id, HttpRequest request) => Results.Ok(request.ContentLength));
        app.MapPut("/silent", (Stream body) => Results.Ok(body.CanRead));
        app.MapPost("/told", (HttpRequest request) => Results.Ok(request.ContentLength)).WithFileBody("The file.");
        app.MapPost("/without", (Guid id) => Results.Ok(id));
        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().ToList();
        var document = OpenApiDocument.Parse(
            """
            {"openapi":"3.1.1","info":{"title":"x","version":"1"},"paths":{"/silent/{id}":{"post":{"responses":{}}},"/silent":{"put":{"responses":{}}},
             "/told":{"post":{"requestBody":{"content":{"text/csv":{}}},"responses":{}}},"/without":{"post":{"responses":{}}}}}
            """, OpenApiConstants.Json).Document!;

        Assert.Equal(["POST /silent/{id}", "PUT /silent"], Undescribed(document, endpoints));
    }

    [Theory]
    [InlineData("suppliers", "ReceiveList", "text/csv")]
    [InlineData("accreditation", "AttachEvidence", "multipart/form-data")]
    public async Task A_file_that_is_handed_in_has_its_media_types(string service, string operation, string type)
    {
        var document = OpenApiDocument.Parse(await host.Document(service), OpenApiConstants.Json).Document!;

        var body = document.Paths.SelectMany(p => p.Value.Operations!.Values).Single(o => o.OperationId == operation).RequestBody!;

        Assert.True(body.Required);
        Assert.Contains(type, body.Content!.Keys);
    }

    [Theory]
    [InlineData("accreditation", "RecordFindingRequest", "grade", "major")]
    [InlineData("accreditation", "RecordFindingRequest", "evidenceLevel", "several_sources")]
    [InlineData("accreditation", "AnswerIndicatorsOne", "value", "not_applicable")]
    [InlineData("accreditation", "ChangeStatusRequest", "action", "suspend")]
    [InlineData("suppliers", "ChangeSiteRequest", "status", "ended")]
    [InlineData("suppliers", "GetImportResponse", "status", "failed")]
    [InlineData("suppliers", "DeclareWorkforceCell", "sex", "female")]
    [InlineData("identity", "InvitePersonRequest", "role", "case_handler")]
    [InlineData("grievances", "ConfirmGrievanceRequest", "topicGroup", "wages")]
    [InlineData("grievances", "ConfirmGrievanceRequest", "subjectKind", "recruiter")]
    public async Task A_field_of_a_closed_set_of_codes_lists_them(string service, string schema, string field, string code)
    {
        var document = OpenApiDocument.Parse(await host.Document(service), OpenApiConstants.Json).Document!;

        Assert.Contains(code, document.Components!.Schemas![schema].Properties![field].Enum!.Select(e => e?.ToString()));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task The_document_says_how_a_program_gets_its_token(string service)
    {
        var schemes = OpenApiDocument.Parse(await host.Document(service), OpenApiConstants.Json).Document!.Components!.SecuritySchemes!.Values;

        var flow = Assert.Single(schemes, s => s.Type == SecuritySchemeType.OAuth2).Flows!.ClientCredentials!;
        Assert.Equal("/connect/token", flow.TokenUrl!.AbsolutePath);
        Assert.Equal(["api"], flow.Scopes!.Keys);
        Assert.Single(schemes, s => s is { Type: SecuritySchemeType.Http, Scheme: "bearer" });
    }

    /// <summary>Against the list that a stranger's calls are tested with.</summary>
    [Theory]
    [MemberData(nameof(Services))]
    public async Task Every_operation_needs_a_token_unless_anybody_may_call_it(string service)
    {
        var document = OpenApiDocument.Parse(await host.Document(service), OpenApiConstants.Json).Document!;
        var anonymous = Snapshot.Lines("docs/anonymous-endpoints.txt").Select(l => Constraint().Replace(l, "{$1}").TrimEnd('/')).ToHashSet(StringComparer.Ordinal);

        var open = document.Paths.SelectMany(p => p.Value.Operations!.Where(o => o.Value.Security is not { Count: > 0 }).Select(o => $"{o.Key.Method} {p.Key.TrimEnd('/')}"));
        var all = document.Paths.SelectMany(p => p.Value.Operations!.Select(o => $"{o.Key.Method} {p.Key.TrimEnd('/')}"));

        Assert.Equal(all.Where(anonymous.Contains).Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_set_of_codes_that_does_not_exist_stops_the_document() =>
        Assert.Throws<InvalidOperationException>(() => new OneOfAttribute(typeof(PartyKinds), "Nothing").Codes().ToList());

    private static IEnumerable<string> Undescribed(OpenApiDocument document, IEnumerable<RouteEndpoint> endpoints) =>
        from endpoint in endpoints
        where endpoint.Metadata.GetMetadata<MethodInfo>() is { } method && method.GetParameters().Any(p => Readers.Contains(p.ParameterType))
        let path = Constraint().Replace("/" + endpoint.RoutePattern.RawText!.Trim('/'), "{$1}")
        from verb in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Intersect(["POST", "PUT", "PATCH"])
        let operation = document.Paths.GetValueOrDefault(path)?.Operations!.FirstOrDefault(o => o.Key.Method == verb).Value
        where operation is { RequestBody: null }
        select $"{verb} {path}";

    [GeneratedRegex(@"\{\*?(\w+)[^}]*\}")]
    private static partial Regex Constraint();

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

        public IEnumerable<RouteEndpoint> Endpoints => factory.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

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

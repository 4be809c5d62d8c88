using System.Net;
using System.Text;
using System.Text.Json;

namespace Recruitment.EndToEnd.Tests;

/// <summary>Whatever is wrong with a request, the answer is a problem that says what to do.</summary>
public sealed class BadInputTests(OneProcess product) : IClassFixture<OneProcess>
{
    [Fact]
    public async Task A_body_that_is_not_json_is_a_problem()
    {
        using var body = new StringContent("not json at all", Encoding.UTF8, "application/json");

        await IsProblem(HttpStatusCode.BadRequest, await product.Stranger().PostAsync("api/v1/grievances/mailbox", body));
    }

    [Fact]
    public async Task A_body_of_another_media_type_is_a_problem()
    {
        using var body = new StringContent("receipt", Encoding.UTF8, "text/plain");

        await IsProblem(HttpStatusCode.UnsupportedMediaType, await product.Stranger().PostAsync("api/v1/grievances/mailbox", body));
    }

    [Fact]
    public async Task A_json_body_over_the_limit_is_a_problem()
    {
        var tooMuch = new { receipt = new string('7', 2 << 20) };

        await IsProblem(HttpStatusCode.RequestEntityTooLarge, await product.Stranger().PostAsJsonAsync("api/v1/grievances/mailbox", tooMuch));
    }

    [Fact]
    public async Task A_mistyped_receipt_code_is_a_problem_that_says_so()
    {
        var answer = await product.Stranger().PostAsJsonAsync("api/v1/grievances/mailbox", new { receipt = "12345" });

        var problem = await IsProblem(HttpStatusCode.BadRequest, answer);
        Assert.Equal("urn:recruitment:receipt-mistyped", problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_receipt_code_under_which_nothing_was_filed_is_a_problem()
    {
        var stranger = product.Stranger();
        var made = await (await stranger.PostAsync("api/v1/grievances/receipts", null)).Content.ReadFromJsonAsync<JsonElement>();

        var answer = await stranger.PostAsJsonAsync("api/v1/grievances/mailbox", new { receipt = made.GetProperty("receipt").GetString() });

        await IsProblem(HttpStatusCode.NotFound, answer);
    }

    [Fact]
    public async Task An_expired_token_is_a_problem() =>
        await IsProblem(HttpStatusCode.Unauthorized, await product.Person("auditor", tokenAge: TimeSpan.FromHours(1)).GetAsync("api/v1/reports"));

    [Fact]
    public async Task An_unknown_id_is_a_problem() =>
        await IsProblem(HttpStatusCode.NotFound, await product.Person("auditor").GetAsync($"api/v1/reports/{Guid.CreateVersion7()}/pdf"));

    [Fact]
    public async Task A_field_that_is_not_valid_is_named_and_the_sentence_says_what_to_correct()
    {
        var answer = await product.Person("administrator").PutAsJsonAsync($"api/v1/suppliers/parties/{Guid.CreateVersion7()}", new { kind = "supplier", name = "", country = "THA" });

        var problem = await IsProblem(HttpStatusCode.BadRequest, answer);
        Assert.Equal("urn:recruitment:not-valid", problem.GetProperty("type").GetString());
        var field = Assert.Single(problem.GetProperty("errors").EnumerateObject().ToList());
        Assert.StartsWith(field.Value[0].GetString()!, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("correct this and send it again.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_that_no_rule_explains_has_a_code_of_its_own()
    {
        var reports = $"api/v1/reports/{Guid.CreateVersion7()}/pdf";
        using var text = new StringContent("a", Encoding.UTF8, "text/plain");

        Assert.Equal("urn:recruitment:no-valid-token", await Code(HttpStatusCode.Unauthorized, product.Stranger().GetAsync(reports)));
        Assert.Equal("urn:recruitment:role-missing", await Code(HttpStatusCode.Forbidden, product.Person("auditor").GetAsync("api/v1/identity/people")));
        Assert.Equal("urn:recruitment:not-found", await Code(HttpStatusCode.NotFound, product.Stranger().GetAsync("api/v1/nothing")));
        Assert.Equal("urn:recruitment:wrong-method", await Code(HttpStatusCode.MethodNotAllowed, product.Stranger().DeleteAsync("api/v1/grievances/mailbox")));
        Assert.Equal("urn:recruitment:wrong-media-type", await Code(HttpStatusCode.UnsupportedMediaType, product.Stranger().PostAsync("api/v1/grievances/mailbox", text)));
    }

    /// <summary>It would send whoever checks a PDF the wrong way.</summary>
    [Fact]
    public async Task A_wrong_media_type_is_not_told_to_be_json_where_a_file_is_taken()
    {
        using var text = new StringContent("a", Encoding.UTF8, "text/plain");

        var problem = await IsProblem(HttpStatusCode.UnsupportedMediaType, await product.Stranger().PostAsync("api/v1/reports/verifications", text));

        Assert.DoesNotContain("json", problem.GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string?> Code(HttpStatusCode expected, Task<HttpResponseMessage> answer) => (await IsProblem(expected, await answer)).GetProperty("type").GetString();

    private static async Task<JsonElement> IsProblem(HttpStatusCode expected, HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, $"{answer.StatusCode}: {body}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem;
    }
}

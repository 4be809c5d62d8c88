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

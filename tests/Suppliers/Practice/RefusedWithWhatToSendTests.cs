using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Recruitment.Suppliers.Tests.Practice;

public sealed class RefusedWithWhatToSendTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Fact]
    public async Task A_workforce_without_a_count_is_no_site_without_workers()
    {
        var supplier = app.Supplier(await app.NewSupplier("Empty Lark Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Empty Lark Hall");

        var sentence = await Refused(supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}/workforce", new { asOf = "2026-01-01", counts = Array.Empty<object>() }), "nothing-counted");

        foreach (var word in new[] { "nationality", "sex", "workers" }) Assert.Contains(word, sentence, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("sites")[0].GetProperty("workersTotal").ValueKind);
    }

    [Fact]
    public async Task An_answer_that_is_no_choice_is_refused_with_the_choices()
    {
        var supplier = app.Supplier(await app.NewSupplier("Choosing Lark Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Choosing Lark Hall");

        var sentence = await Refused(
            supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}/self-assessment", new { catalogueVersion = "2026-1", answers = new Dictionary<string, string> { ["fees.payer"] = "nobody" } }), "unknown-answer");

        Assert.Contains("employer_all, shared, worker_all, unknown, declined, not_asked", sentence, StringComparison.Ordinal);
    }

    private static async Task<string> Refused(Task<HttpResponseMessage> asked, string code)
    {
        using var answer = await asked;
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"urn:recruitment:{code}", problem.GetProperty("type").GetString());
        return problem.GetProperty("detail").GetString()!;
    }
}

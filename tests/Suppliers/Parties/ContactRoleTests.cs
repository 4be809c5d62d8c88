using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Recruitment.Suppliers.Tests.Parties;

/// <summary>This service holds nothing about a single person: a contact is a role.</summary>
public sealed class ContactRoleTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Theory]
    [InlineData("Somchai Jaidee 081-234-5678")]
    [InlineData("Somchai Jaidee")]
    [InlineData("Manager Somchai")]
    [InlineData("Human Resources, Somchai Jaidee")]
    [InlineData("คุณสมชาย")]
    [InlineData("Human resources 081-234-5678")]
    [InlineData("hr@quiet-robin-mill.example")]
    [InlineData("Human resources, AB1234567")]
    public async Task A_contact_that_points_to_a_person_is_refused_and_the_sentence_repeats_nothing_of_it(string contact)
    {
        var supplier = app.Supplier(await app.NewSupplier("Quiet Robin Mill"));

        using var answer = await Save(supplier, contact);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("urn:recruitment:person-in-contact", problem.GetProperty("type").GetString());
        Assert.Contains("Give the role, not the person", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Somchai", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("profile").GetProperty("contactRole").ValueKind);
    }

    [Theory]
    [InlineData("Human resources")]
    [InlineData("Human Resources Manager")]
    [InlineData("Head of personnel")]
    [InlineData("Managing Director")]
    [InlineData("Compliance Officer, Welcome Robin Mill, ext. 4021")]
    [InlineData(null)]
    public async Task A_role_is_taken_with_capitals_too(string? contact)
    {
        var supplier = app.Supplier(await app.NewSupplier("Welcome Robin Mill"));

        using var answer = await Save(supplier, contact);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> Save(HttpClient supplier, string? contactRole) =>
        supplier.PutAsJsonAsync($"{Base}/mine/profile", new { legalName = "Robin Mill Co., Ltd.", registrationNumber = "0105", contactRole, employerHousing = (bool?)null });
}

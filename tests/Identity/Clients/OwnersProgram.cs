using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Identity.People;

namespace Recruitment.Identity.Tests.Clients;

/// <summary>What an owner does with the programs of an organisation.</summary>
internal sealed class OwnersProgram(IdentityApp app, Guid party, string kind = "brand")
{
    /// <summary>Somebody who is one, and not by his token alone.</summary>
    public HttpClient Owner()
    {
        var person = Person.New($"p{Guid.CreateVersion7():N}@office.example");
        person.Memberships.Add(Membership.Open(person.Id, party, kind, "owner", TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1), null));
        using var db = app.Open();
        db.People.Add(person);
        db.SaveChangesAsync().GetAwaiter().GetResult();
        return app.Bearing(app.Forge(person.Id.ToString(), "owner", party, kind));
    }

    public async Task<(string Id, string Secret)> Make(params string[] scopes)
    {
        var made = await Made(new { name = "our program", role = Role, scopes = scopes.Length == 0 ? ["api"] : scopes });
        return (made.GetProperty("clientId").GetString()!, made.GetProperty("secret").GetString()!);
    }

    public async Task<JsonElement> Made(object request)
    {
        using var owner = Owner();
        var answer = await owner.PostAsJsonAsync("api/v1/identity/clients", request);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    public string Role => kind switch { "brand" => "brand_analyst", "supplier" => "supplier_user", "recruiter" => "recruiter_user", "audit_body" => "auditor", _ => "scheme_manager" };

    public Task<(System.Net.HttpStatusCode Status, JsonElement Body)> Token(string id, string secret, string scope = "api") =>
        app.Send("connect/token", ("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret), ("scope", scope));
}

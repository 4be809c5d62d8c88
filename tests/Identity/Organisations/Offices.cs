using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Identity.People;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Organisations;

/// <summary>Identity in this process: tests put people where they need them, and ask as one of them.</summary>
public sealed class Offices : IAsyncLifetime
{
    public static readonly Guid Operator = new("11111111-0000-4000-8000-000000000005");

    private ServiceHost<Program> host = null!;

    public IServiceProvider Services => host.Services;

    /// <summary>Somebody who has signed in, as her token says.</summary>
    public sealed record Someone(Guid Id, string Email, Guid Party, string Kind, string[] Roles);

    public async ValueTask InitializeAsync() => host = await ServiceHost<Program>.Start("identity", services: services =>
        services.AddHttpClient(typeof(SuppliersClient).FullName!).ConfigurePrimaryHttpMessageHandler(() => new Registered()));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>Puts somebody into an organisation as if he had been there for long.</summary>
    public async Task<Someone> Person(Guid party, string kind, params string[] roles)
    {
        var email = $"p{Guid.CreateVersion7():N}@office.example";
        await using var scope = Services.CreateAsyncScope();
        var person = Identity.People.Person.New(email);
        foreach (var role in roles) person.Memberships.Add(Identity.People.Membership.Open(person.Id, party, kind, role, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1), null));
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<Person>>().CreateAsync(person);
        Assert.True(made.Succeeded);
        return new(person.Id, email, party, kind, roles);
    }

    /// <summary>An organisation with one owner.</summary>
    public Task<Someone> Owner(string kind = "supplier", string role = "supplier_user", Guid? party = null) => Person(party ?? Guid.CreateVersion7(), kind, role, "owner");

    /// <summary>The operator's administrators: so many, and no others.</summary>
    public async Task<Someone[]> Administrators(int count)
    {
        await With(db => db.Memberships.Where(m => m.Role == "administrator").ExecuteDeleteAsync());
        var all = new List<Someone>();
        for (var i = 0; i < count; i++) all.Add(await Person(Operator, "operator", "administrator"));
        return [.. all];
    }

    public HttpClient As(Someone someone, TimeSpan? provedAgo = null) => Bearing(host.Issuer.Token(someone.Roles, someone.Party, someone.Kind, someone.Id.ToString(), provedAgo: provedAgo));

    public HttpClient Bearing(string token)
    {
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public HttpClient Machine(string role, Guid party, string kind) => host.Client(role, party, kind, "client:of-a-test");

    internal async Task<T> With<T>(Func<IdentityDb, Task<T>> what)
    {
        await using var scope = Services.CreateAsyncScope();
        return await what(scope.ServiceProvider.GetRequiredService<IdentityDb>());
    }

    /// <summary>What somebody is now, in every organisation.</summary>
    public Task<string[]> RolesOf(Guid person) => With(db => db.Memberships.Open(TimeProvider.System.GetUtcNow().UtcDateTime).Where(m => m.PersonId == person).OrderBy(m => m.Role).Select(m => m.Role).ToArrayAsync());

    internal Task<Membership> RoleOf(Someone of, string role) => With(db => db.Memberships.SingleAsync(m => m.PersonId == of.Id && m.Role == role && m.To == null));

    /// <summary>Opens a link and makes the account; null when the page made none.</summary>
    public async Task<Guid?> Join(string link, string email)
    {
        using var browser = new Browser(host.Anonymous());
        using var http = new HttpClient(browser) { BaseAddress = new("http://localhost") };
        using var made = await IdentityApp.Fill(http, link, ("email", email), ("password", "four quiet words here"));
        return made.StatusCode == HttpStatusCode.Redirect ? await With(db => db.People.Where(p => p.Email == email).Select(p => (Guid?)p.Id).SingleAsync()) : null;
    }

    /// <summary>A browser that is signed in at the issuer.</summary>
    internal async Task<HttpResponseMessage> SignIn(string email, string password = "four quiet words here")
    {
        using var browser = new Browser(host.Anonymous());
        using var http = new HttpClient(browser) { BaseAddress = new("http://localhost") };
        return await IdentityApp.SignIn(http, email, password);
    }

    /// <summary>What the token of a machine of the demonstration says.</summary>
    public async Task<JsonElement> TokenOf(string client)
    {
        using var http = host.Anonymous();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = await File.ReadAllTextAsync(Path.Combine(host.DataFolder, "secrets", "demo-client")), ["scope"] = "api",
        });
        using var answer = await http.PostAsync("connect/token", form);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<string> Link(HttpResponseMessage invited)
    {
        Assert.Equal(HttpStatusCode.Created, invited.StatusCode);
        return (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!;
    }

    public static async Task Refused(string code, HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.Conflict)
    {
        Assert.Equal((status, $"urn:recruitment:{code}"), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString()));
    }

    /// <summary>Somebody else's Suppliers, where every organisation is a supplier.</summary>
    private sealed class Registered : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            var known = Regex.IsMatch(path, "/parties/[^/]+$") && !path.EndsWith(Operator.ToString(), StringComparison.Ordinal);
            return Task.FromResult(known ? new HttpResponseMessage { Content = JsonContent.Create(new { kind = "supplier", name = "Some Annex" }) }
                : new HttpResponseMessage(path.EndsWith("/claim", StringComparison.Ordinal) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound));
        }
    }

    /// <summary>Keeps cookies over a client that does not.</summary>
    private sealed class Browser(HttpClient inner) : HttpMessageHandler
    {
        private readonly CookieContainer cookies = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
            copy.Headers.TryAddWithoutValidation("Cookie", cookies.GetCookieHeader(request.RequestUri!));
            var answer = await inner.SendAsync(copy, cancellationToken);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set)) foreach (var one in set) cookies.SetCookies(request.RequestUri!, one);
            return answer;
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

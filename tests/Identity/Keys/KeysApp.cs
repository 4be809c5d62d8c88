using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Keys;

/// <summary>An issuer that looks at its keys every second, as does its API, so that a test sees in seconds what takes weeks.</summary>
public class KeysApp : IdentityApp
{
    public const string Administrator = "admin@open-hand.example";

    protected override void Arrange(Dictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings["IssuerKeys:LookedAtEverySeconds"] = "1";
        settings["IssuerReadEverySeconds"] = "1";
    }

    /// <summary>An administrator's, of a machine: those of people are over within a minute.</summary>
    public async Task<string> MachineToken() => (await Machine("demo-administrator", "demo-client")).Body.GetProperty("access_token").GetString()!;

    public static string KeyOf(string token) => new JsonWebToken(token).Kid;

    /// <summary>The ids of the keys that everybody can read.</summary>
    public async Task<IReadOnlyList<string>> Published()
    {
        using var http = Browser();
        var set = await http.GetFromJsonAsync<JsonElement>(".well-known/jwks");
        return [.. set.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kid").GetString()!)];
    }

    public async Task<System.Net.HttpStatusCode> Knock(string token)
    {
        using var client = Bearing(token);
        return (await client.GetAsync("api/v1/identity/people")).StatusCode;
    }

    /// <summary>As if so much time had passed for the keys.</summary>
    public async Task Later(TimeSpan passed)
    {
        await using var db = this.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var key in await db.Keys.AsNoTracking().ToListAsync())
        {
            var (from, until) = (key.UsedFrom - passed, key.UsedUntil - passed);
            await db.Keys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.UsedFrom, from).SetProperty(k => k.UsedUntil, until));
        }
        await transaction.CommitAsync();
    }

    /// <summary>Made with which key a new token is, once it is made with another than that.</summary>
    public async Task<string> TokenOfAnotherKeyThan(string kid)
    {
        var token = "";
        await Wait.Until(async () => KeyOf(token = await MachineToken()) != kid, "tokens are still made with the same key");
        return token;
    }
}

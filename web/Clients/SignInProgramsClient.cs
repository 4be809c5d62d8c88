using System.Text.Json;
using static Recruitment.Web.Clients.OrganisationClient;

namespace Recruitment.Web.Clients;

/// <summary>What the identity service answers an owner about the programs at which people sign in with their account here.</summary>
public sealed class SignInProgramsClient(HttpClient http)
{
    public sealed record Program(string ClientId, Guid PartyId, string Name, IReadOnlyList<string> RedirectUris, bool IsPublic, DateTime CreatedAt, DateTime? EndedAt, DateTime? OldSecretUntil, int Version);

    private sealed record Page(IReadOnlyList<Program> Items, string? Next);

    public async Task<IReadOnlyList<Program>> List(CancellationToken stop)
    {
        var all = new List<Program>();
        string? cursor = null;
        do
        {
            var page = (await http.GetFromJsonAsync<Page>(At(cursor is null ? "" : $"?cursor={Uri.EscapeDataString(cursor)}"), stop))!;
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }

    /// <summary>The new program's id and, unless it is public, its secret, which nobody shows again; or why there is none.</summary>
    public Task<((string Id, string? Secret)? Made, Refusal? Refusal)> Register(string name, IReadOnlyList<string> redirectUris, bool isPublic, CancellationToken stop) =>
        Shown("", new { name, redirectUris, isPublic }, new Once(), null, stop);

    /// <summary>A new secret; the old one works until the moment given.</summary>
    public Task<((string Id, string? Secret)? Made, Refusal? Refusal)> ChangeSecret(string client, DateTime oldUntil, Once once, CancellationToken stop) =>
        Shown($"/{Uri.EscapeDataString(client)}/secret", new { oldSecretUntil = oldUntil }, once, client, stop);

    public async Task<Refusal?> End(string client, CancellationToken stop)
    {
        using var answer = await new Once().Send(http, HttpMethod.Post, At($"/{Uri.EscapeDataString(client)}/end"), null, stop);
        return await Refused(answer, stop);
    }

    private async Task<((string Id, string? Secret)? Made, Refusal? Refusal)> Shown(string path, object body, Once once, string? client, CancellationToken stop)
    {
        using var answer = await once.Send(http, HttpMethod.Post, At(path), body, stop);
        if (await Refused(answer, stop) is { } refusal) return (null, refusal);
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        return ((client ?? made.GetProperty("clientId").GetString()!, made.GetProperty("secret").GetString()), null);
    }

    private static Uri At(string path) => new($"api/v1/identity/sign-in-clients{path}", UriKind.Relative);
}

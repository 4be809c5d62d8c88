using System.Net;

namespace Recruitment.Identity.People;

/// <summary>Asks Suppliers whether an invitation stands and what an organisation is, uses invitations up, and says which organisation has an account.</summary>
internal sealed class SuppliersClient(HttpClient http)
{
    public sealed record Invitation(Guid PartyId, string PartyName, string Kind, string Role, string InvitedBy);

    private sealed record Accepted(Guid PartyId);

    public sealed record Party(string Kind, string Name);

    public Task<Invitation?> Find(string token, CancellationToken stop) => Ask<Invitation>("api/v1/suppliers/invitations/read", token, stop);

    /// <summary>Uses the invitation up and claims its organisation. Twice is once, so an answer that was lost is asked for again. False when it does not stand.</summary>
    public async Task<bool> Accept(string token, CancellationToken stop) => await Ask<Accepted>("api/v1/suppliers/invitations/accept", token, stop) is not null;

    /// <summary>From now on nobody else's invitation makes an account of this organisation. One that Suppliers does not know has none to fear.</summary>
    public async Task Claim(Guid party, CancellationToken stop)
    {
        using var response = await http.PutAsync(new Uri($"api/v1/suppliers/parties/{party}/claim", UriKind.Relative), null, stop);
        if (response.StatusCode != HttpStatusCode.NotFound) response.EnsureSuccessStatusCode();
    }

    /// <summary>What an organisation is registered as and how it is called; null when it is not.</summary>
    public async Task<Party?> Find(Guid party, CancellationToken stop)
    {
        using var response = await http.GetAsync(new Uri($"api/v1/suppliers/parties/{party}", UriKind.Relative), stop);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Party>(stop);
    }

    /// <summary>In the body: addresses end up in logs and traces, and this token opens an organisation.</summary>
    private async Task<T?> Ask<T>(string path, string token, CancellationToken stop)
        where T : class
    {
        using var response = await http.PostAsJsonAsync(path, new { token }, stop);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<T>(stop);
    }
}

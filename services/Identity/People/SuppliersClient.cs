using System.Net;

namespace Recruitment.Identity.People;

/// <summary>Asks Suppliers whether an invitation stands, uses it up, and says which organisation has an account.</summary>
internal sealed class SuppliersClient(HttpClient http)
{
    public sealed record Invitation(string PartyName, string Kind, string InvitedBy);

    public sealed record Accepted(Guid PartyId, string Kind, string Role);

    public Task<Invitation?> Find(string token, CancellationToken stop) => Ask<Invitation>("api/v1/suppliers/invitations/read", token, stop);

    public Task<Accepted?> Accept(string token, CancellationToken stop) => Ask<Accepted>("api/v1/suppliers/invitations/accept", token, stop);

    /// <summary>From now on nobody else's invitation makes an account of this organisation. One that Suppliers does not know has none to fear.</summary>
    public async Task Claim(Guid party, CancellationToken stop)
    {
        using var response = await http.PutAsync(new Uri($"api/v1/suppliers/parties/{party}/claim", UriKind.Relative), null, stop);
        if (response.StatusCode != HttpStatusCode.NotFound) response.EnsureSuccessStatusCode();
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

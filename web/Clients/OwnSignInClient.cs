using System.Net;
using static Recruitment.Web.Clients.OrganisationClient;

namespace Recruitment.Web.Clients;

/// <summary>What the identity service answers an owner about the organisation's own sign-in: its domains, its provider, and what its directory may do.</summary>
public sealed class OwnSignInClient(HttpClient http)
{
    public sealed record Domain(Guid Id, string Name, bool Proved, DateOnly? ProvedOn, string EntryName, string EntryValue);

    public sealed record Provider(string RedirectUri, string? Issuer, string? ClientId, string? EmailClaim, string? GroupsClaim, bool JustInTime, bool Forced, int Version);

    /// <summary>A provider as an owner enters it; no secret keeps the one that is there.</summary>
    public sealed record Entered(string Issuer, string ClientId, string? ClientSecret, string? EmailClaim, string? GroupsClaim, bool JustInTime, bool Forced);

    public sealed record Group(string Name, string Role);

    public sealed record Directory(bool On, string Address, string? RoleOfAll, IReadOnlyList<Group> Groups, IReadOnlyList<string> Roles, int Users, int Version);

    private sealed record DomainItem(Guid Id, string Domain, bool Proved, DateOnly? ProvedOn, string EntryName, string EntryValue);

    private sealed record Domains(IReadOnlyList<DomainItem> Items);

    public async Task<IReadOnlyList<Domain>> GetDomains(CancellationToken stop) =>
        [.. (await http.GetFromJsonAsync<Domains>(At("domains"), stop))!.Items.Select(d => new Domain(d.Id, d.Domain, d.Proved, d.ProvedOn, d.EntryName, d.EntryValue))];

    public async Task<Provider> GetProvider(CancellationToken stop) => (await http.GetFromJsonAsync<Provider>(At("single-sign-on"), stop))!;

    public async Task<Directory> GetDirectory(CancellationToken stop) => (await http.GetFromJsonAsync<Directory>(At("provisioning"), stop))!;

    public Task<Refusal?> Claim(string domain, CancellationToken stop) => Send(new Once(), HttpMethod.Put, "domains", new { domain }, stop);

    public Task<Refusal?> Prove(Guid domain, CancellationToken stop) => Send(new Once(), HttpMethod.Post, $"domains/{domain}/proof", null, stop);

    public Task<Refusal?> Remove(Guid domain, CancellationToken stop) => Send(new Once(), HttpMethod.Delete, $"domains/{domain}", null, stop);

    public Task<Refusal?> Change(Entered provider, Once once, CancellationToken stop) => Send(once, HttpMethod.Put, "single-sign-on", provider, stop);

    public Task<Refusal?> End(Once once, CancellationToken stop) => Send(once, HttpMethod.Delete, "single-sign-on", null, stop);

    public Task<Refusal?> Change(string? roleOfAll, IEnumerable<Group> groups, Once once, CancellationToken stop) => Send(once, HttpMethod.Put, "provisioning", new { roleOfAll, groups }, stop);

    private async Task<Refusal?> Send(Once once, HttpMethod how, string where, object? body, CancellationToken stop)
    {
        using var answer = await once.Send(http, how, At(where), body, stop);
        // The DNS, or somebody's provider, is away: a sentence, and no page of ours that failed.
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return new("away", "It could not be asked now. Nothing has changed; try again in a minute.");
        return await Refused(answer, stop);
    }

    private static Uri At(string path) => new($"api/v1/identity/{path}", UriKind.Relative);
}

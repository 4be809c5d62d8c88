using System.Diagnostics;
using System.Net;

namespace Recruitment.Grievances;

/// <summary>What this service asks Suppliers for. Nothing of it is stored in clear.</summary>
/// <remarks>
/// Asked under an activity that is not recorded, so that neither side traces it: which site's size is looked up at a release, or whose
/// group when an accused is named, would tell what no table tells.
/// </remarks>
internal sealed class SuppliersClient(HttpClient http)
{
    public sealed record Entry(string Kind, Guid Id, string Name, string? FoundAs = null);

    private sealed record Site(Guid? PartyId, int? WorkersTotal);

    private sealed record Group(IReadOnlyList<Guid> PartyIds);

    /// <summary>Sites and recruiters by a part of their name.</summary>
    public async Task<IReadOnlyList<Entry>> Search(string name, CancellationToken stop)
    {
        using var quiet = new Activity("not traced").Start();
        using var answer = await http.PostAsJsonAsync("api/v1/suppliers/directory", new { name }, stop);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<IReadOnlyList<Entry>>(stop) ?? [];
    }

    /// <summary>The organisation, its owners and whatever they own, as Suppliers knows them; null when it knows no such organisation.</summary>
    public async Task<IReadOnlySet<Guid>?> GroupOf(Guid party, CancellationToken stop) =>
        await Get<Group>($"api/v1/suppliers/parties/{party}/group", stop) is { } group ? new HashSet<Guid>(group.PartyIds) { party } : null;

    /// <summary>Whose site it is.</summary>
    public async Task<Guid?> OwnerOf(Guid site, CancellationToken stop) => (await Get<Site>($"api/v1/suppliers/sites/{site}", stop))?.PartyId;

    /// <summary>Workers of a site as last declared; null when nobody knows.</summary>
    public async Task<int?> WorkersAt(Guid site, CancellationToken stop) => (await Get<Site>($"api/v1/suppliers/sites/{site}", stop))?.WorkersTotal;

    private async Task<T?> Get<T>(string path, CancellationToken stop)
        where T : class
    {
        using var quiet = new Activity("not traced").Start();
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), stop);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<T>(stop);
    }
}

using System.Net;

namespace Recruitment.Grievances;

/// <summary>What this service asks Suppliers for. Nothing of it is stored in clear.</summary>
internal sealed class SuppliersClient(HttpClient http)
{
    public sealed record Entry(string Kind, Guid Id, string Name);

    private sealed record Site(int? WorkersTotal);

    private sealed record Group(IReadOnlyList<Guid> PartyIds);

    /// <summary>Sites and recruiters by a part of their name.</summary>
    public async Task<IReadOnlyList<Entry>> Search(string query, CancellationToken stop) =>
        await http.GetFromJsonAsync<IReadOnlyList<Entry>>($"api/v1/suppliers/directory?query={Uri.EscapeDataString(query)}", stop) ?? [];

    /// <summary>The organisation, its owners and whatever they own, as Suppliers knows them; itself included.</summary>
    public async Task<IReadOnlySet<Guid>> GroupOf(Guid party, CancellationToken stop)
    {
        var group = await http.GetFromJsonAsync<Group>($"api/v1/suppliers/parties/{party}/group", stop);
        return new HashSet<Guid>(group?.PartyIds ?? []) { party };
    }

    /// <summary>Workers of a site as last declared; null when nobody knows.</summary>
    public async Task<int?> WorkersAt(Guid site, CancellationToken stop)
    {
        using var response = await http.GetAsync(new Uri($"api/v1/suppliers/sites/{site}", UriKind.Relative), stop);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;

        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Site>(stop))?.WorkersTotal;
    }
}

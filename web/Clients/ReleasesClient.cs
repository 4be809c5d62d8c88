using System.Net;

namespace Recruitment.Web.Clients;

/// <summary>When grievances next releases signals; nothing about what they will say.</summary>
public sealed class ReleasesClient(HttpClient http)
{
    public sealed record Release(string Period, DateOnly DueOn);

    /// <summary>Null when none is due.</summary>
    public async Task<Release?> Next(CancellationToken stop)
    {
        using var answer = await http.GetAsync(new Uri("api/v1/grievances/releases/next", UriKind.Relative), stop);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<Release>(stop);
    }
}

using System.Net.Http.Json;
using System.Text.Json;

namespace Recruitment.Testing;

/// <summary>One webhook with something that was delivered to it, at every endpoint of a service that names one.</summary>
public static class ArrangedWebhooks
{
    /// <param name="service">As its endpoints are named.</param>
    /// <param name="owner">Whose webhook it is, with the address already open and something heard there.</param>
    /// <param name="askers">Whose it is and who else may have it.</param>
    public static async Task<IReadOnlyList<Arranged>> Of(string service, HttpClient owner, IReadOnlyList<Asker> askers)
    {
        var root = $"/api/v1/{service.ToLowerInvariant()}/webhooks";
        var id = (await owner.GetFromJsonAsync<JsonElement>(root)).GetProperty("items")[0].GetProperty("id").GetGuid();
        var delivery = (await owner.GetFromJsonAsync<JsonElement>($"{root}/{id}/deliveries")).GetProperty("items")[0].GetProperty("id").GetGuid();
        return
        [
            new($"{service}ListWebhooks", root, askers, shows: $"{id}"),
            new($"{service}ListWebhookDeliveries", $"{root}/{id}/deliveries", askers),
            new($"{service}DeliverWebhookAgain", $"{root}/{id}/deliveries/{delivery}/again", askers),
            new($"{service}ChangeWebhookSecret", $"{root}/{id}/secret", askers),
            new($"{service}EndWebhook", $"{root}/{id}/end", askers),
        ];
    }
}

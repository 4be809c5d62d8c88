namespace Recruitment.Web.Clients;

/// <summary>Lets a service publish its states again, as the signed-in administrator.</summary>
public sealed class RepublishClient(IHttpClientFactory clients)
{
    /// <summary>Services that publish.</summary>
    public static IReadOnlyList<string> Services { get; } = ["accreditation", "grievances", "reports", "suppliers"];

    /// <remarks>BegunAt: null when it was never asked for. DoneAt: null while it is under way. Unsent: what it could not publish when it last tried.</remarks>
    public sealed record Progress(DateTime? BegunAt, DateTime? DoneAt, int Published, IReadOnlyList<Unsent> Unsent);

    /// <remarks>Known: whether the running release knows this type of message.</remarks>
    public sealed record Unsent(string Type, bool Known, int Count, DateTime Since);

    /// <summary>How far a service is; null while it does not answer.</summary>
    public async Task<Progress?> Of(string service, CancellationToken stop)
    {
        try
        {
            return await At(service).GetFromJsonAsync<Progress>(Republish(service), stop);
        }
        catch (Exception problem) when (Away.Is(problem, stop))
        {
            return null;
        }
    }

    /// <summary>Asked again while it is under way it begins nothing.</summary>
    public async Task Begin(string service, CancellationToken stop)
    {
        using var answer = await At(service).PostAsync(Republish(service), null, stop);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The name under which the HTTP client of a service is registered.</summary>
    public static string NameOf(string service) => $"republish of {service}";

    private static Uri Republish(string service) => new($"api/v1/{service}/republish", UriKind.Relative);

    private HttpClient At(string service) => clients.CreateClient(NameOf(service));
}

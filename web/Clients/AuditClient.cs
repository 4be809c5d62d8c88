using System.Globalization;

namespace Recruitment.Web.Clients;

/// <summary>The audit trail of each service, as the signed-in owner or administrator. Each service keeps its own: data about people travels in no event.</summary>
public sealed class AuditClient(IHttpClientFactory clients)
{
    /// <summary>In the order in which pages show them.</summary>
    public static IReadOnlyList<string> Services { get; } = ["identity", "suppliers", "accreditation", "risk", "reports", "register", "grievances"];

    /// <summary>What is kept there is the operator's alone.</summary>
    public static IReadOnlyList<string> OfOrganisations { get; } = [.. Services.Where(s => s != "grievances")];

    public sealed record Entry(Guid Id, DateTime At, string Who, Guid? PartyId, string? Session, string What, IReadOnlyList<string> About, string Outcome, long? Sequence);

    public sealed record EntryPage(IReadOnlyList<Entry> Items, Guid? Next);

    public sealed record Verification(int Chains, long Entries, long Waiting, DateTime? Until, string? Head, IReadOnlyList<Restore> Restores, Misfit? Wrong);

    public sealed record Restore(Guid PartyId, int Epoch, long First);

    public sealed record Misfit(Guid PartyId, long Sequence, DateTime? At, string Why);

    /// <summary>What a reader looks for.</summary>
    public sealed record Filter(DateOnly? From = null, DateOnly? To = null, string? Who = null, string? What = null, bool Refused = false)
    {
        /// <summary>As a query, with one thing more.</summary>
        public string With(string name, string? value) => string.Join('&', new[]
        {
            From is { } from ? $"from={from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : null, To is { } to ? $"to={to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : null,
            Who is { Length: > 0 } ? $"who={Uri.EscapeDataString(Who)}" : null, What is { Length: > 0 } ? $"what={Uri.EscapeDataString(What)}" : null, Refused ? "refused=true" : null,
            value is null ? null : $"{name}={value}",
        }.OfType<string>());
    }

    /// <summary>The newest after the cursor; null while the service does not answer.</summary>
    public Task<EntryPage?> Of(string service, Filter filter, Guid? cursor, CancellationToken stop) =>
        Ask<EntryPage>(service, $"audit?{filter.With("cursor", cursor?.ToString())}".TrimEnd('?'), stop);

    /// <summary>Whether the chains are whole; null while the service does not answer.</summary>
    public Task<Verification?> Verify(string service, CancellationToken stop) => Ask<Verification>(service, "audit/verification", stop);

    /// <summary>The file as it comes.</summary>
    public async Task<HttpResponseMessage> Export(string service, string format, Filter filter, CancellationToken stop)
    {
        using var request = AnswersInTime.Streamed(At(service, $"audit/export?{filter.With("format", format)}"));
        return await clients.CreateClient(NameOf(service)).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
    }

    /// <summary>The name under which the HTTP client of a service is registered.</summary>
    public static string NameOf(string service) => $"audit trail of {service}";

    private static Uri At(string service, string path) => new($"api/v1/{service}/{path}", UriKind.Relative);

    private async Task<T?> Ask<T>(string service, string path, CancellationToken stop)
        where T : class
    {
        try
        {
            return await clients.CreateClient(NameOf(service)).GetFromJsonAsync<T>(At(service, path), stop);
        }
        catch (Exception problem) when (Away.Is(problem, stop))
        {
            return null;
        }
    }
}

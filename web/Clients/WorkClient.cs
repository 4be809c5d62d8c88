using System.Net;

namespace Recruitment.Web.Clients;

/// <summary>Work of each service that keeps failing, and its mails, as the signed-in administrator.</summary>
public sealed class WorkClient(IHttpClientFactory clients)
{
    /// <summary>Services with work that waits for its time.</summary>
    public static IReadOnlyList<string> Services { get; } = ["accreditation", "grievances", "identity", "register", "risk", "suppliers"];

    /// <summary>Services that send mail.</summary>
    public static IReadOnlyList<string> Mailing { get; } = ["grievances", "identity"];

    /// <summary>Services that count days by a calendar.</summary>
    public static IReadOnlyList<string> WithCalendar { get; } = ["accreditation", "grievances"];

    public sealed record Stuck(Guid Id, string Kind, DateTime DueAt, int Attempts, string Problem, DateTime NextTryAt);

    public sealed record StuckPage(IReadOnlyList<Stuck> Items, Guid? Next);

    public sealed record Mail(Guid Id, string State, int Tries, string? Reason, DateOnly? EndedOn);

    public sealed record MailPage(int Waiting, IReadOnlyList<Mail> Items, Guid? Next);

    /// <summary>Null while the service does not answer.</summary>
    public Task<StuckPage?> StuckIn(string service, CancellationToken stop) => Read<StuckPage>(service, "stuck-work", stop);

    public sealed record Calendar(string Name, string Zone, string Source, string Review, DateOnly AsOf, DateOnly RecheckAfter, bool RecheckIsOver);

    /// <summary>Null while the service does not answer.</summary>
    public Task<Calendar?> CalendarOf(string service, CancellationToken stop) => Read<Calendar>(service, "calendar", stop);

    /// <summary>Null while the service does not answer.</summary>
    public Task<MailPage?> MailsOf(string service, CancellationToken stop) => Read<MailPage>(service, "mails", stop);

    /// <summary>False when it is not stuck any more.</summary>
    public async Task<bool> TryAgain(string service, Guid work, CancellationToken stop)
    {
        using var answer = await At(service).PostAsync(new Uri($"api/v1/{service}/stuck-work/{work}/again", UriKind.Relative), null, stop);
        if (answer.StatusCode == HttpStatusCode.NotFound) return false;
        answer.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>The name under which the HTTP client of a service is registered.</summary>
    public static string NameOf(string service) => $"work of {service}";

    private async Task<T?> Read<T>(string service, string what, CancellationToken stop)
        where T : class
    {
        try
        {
            return await At(service).GetFromJsonAsync<T>(new Uri($"api/v1/{service}/{what}", UriKind.Relative), stop);
        }
        catch (Exception problem) when (Away.Is(problem, stop))
        {
            return null;
        }
    }

    private HttpClient At(string service) => clients.CreateClient(NameOf(service));
}

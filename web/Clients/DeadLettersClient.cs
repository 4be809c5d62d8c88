using System.Net;
using System.Text.Json;

namespace Recruitment.Web.Clients;

/// <summary>What each service that hears events could not handle, as the signed-in administrator.</summary>
public sealed class DeadLettersClient(IHttpClientFactory clients)
{
    /// <summary>Services that hear events.</summary>
    public static IReadOnlyList<string> Services { get; } = ["accreditation", "grievances", "register", "risk"];

    /// <remarks>Alike: how many are open that the same consumer put down for the same reason, with this one. Whole: whether it can be sent again.</remarks>
    public sealed record Letter(Guid Id, Guid? MessageId, string Consumer, string Reason, int Alike, DateTime FailedAt, bool Unread, bool Whole, DateTime? ClosedAt = null, string? Outcome = null, string? Why = null, string? ClosedBy = null);

    /// <remarks>Open: how many are, with those that are not on this page.</remarks>
    public sealed record LetterPage(IReadOnlyList<Letter> Items, Guid? Next, int Open);

    /// <remarks>Left: not tried this time.</remarks>
    public sealed record Sent(int Handled, int NotHandled, int Left);

    /// <summary>Of a service the oldest of each kind that are open, or the newest that are done; null while it does not answer.</summary>
    public async Task<LetterPage?> Of(string service, bool closed, CancellationToken stop)
    {
        try
        {
            return await At(service).GetFromJsonAsync<LetterPage>(new Uri($"{Letters(service)}?{(closed ? "closed" : "once")}=true", UriKind.Relative), stop);
        }
        catch (Exception problem) when (Away.Is(problem, stop))
        {
            return null;
        }
    }

    /// <summary>Null when it was handled, or had been; else the sentence that says why not.</summary>
    public async Task<string?> Again(string service, Guid letter, CancellationToken stop)
    {
        using var answer = await At(service).PostAsync(new Uri($"{Letters(service)}/{letter}/again", UriKind.Relative), null, stop);
        return await Refusal(answer, stop);
    }

    /// <summary>All of a service, as many as a few seconds allow.</summary>
    public async Task<Sent> AllAgain(string service, CancellationToken stop)
    {
        using var answer = await At(service).PostAsync(new Uri($"{Letters(service)}/again", UriKind.Relative), null, stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Sent>(stop))!;
    }

    /// <summary>One, or with it all that are open and alike, as many and for the reason that was shown. Null when set aside, else the sentence that says why not.</summary>
    public async Task<string?> SetAside(string service, Guid letter, int? alike, string? reason, string? why, CancellationToken stop)
    {
        using var answer = await At(service).PostAsJsonAsync(new Uri($"{Letters(service)}/{letter}/aside", UriKind.Relative), new { why, alike, reason }, stop);
        return await Refusal(answer, stop);
    }

    /// <summary>The name under which the HTTP client of a service is registered.</summary>
    public static string NameOf(string service) => $"dead letters of {service}";

    private static Uri Letters(string service) => new($"api/v1/{service}/dead-letters", UriKind.Relative);

    private HttpClient At(string service) => clients.CreateClient(NameOf(service));

    private static async Task<string?> Refusal(HttpResponseMessage answer, CancellationToken stop)
    {
        if (answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("detail").GetString();
        answer.EnsureSuccessStatusCode();
        return null;
    }
}

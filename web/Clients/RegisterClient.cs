using System.Net;

namespace Recruitment.Web.Clients;

/// <summary>The public register, as anybody.</summary>
public sealed class RegisterClient(HttpClient http)
{
    public sealed record Line(Guid Id, string Name, string Country, string Status, string StatusText, DateOnly? Since, DateOnly? ValidTo);

    public sealed record Found(DateOnly AsOf, IReadOnlyList<Line> Items, string? Next, string? Note, string NoFee, string Standard, string Caveat);

    public sealed record Recruiter(
        Guid Id, string Name, string Country, DateOnly AsOf, IReadOnlyList<Assessment> Assessments, IReadOnlyList<LookAlike> LookAlikes,
        string Document, string Standard, string Caveat, string NoFee, string Licence);

    public sealed record Assessment(
        string Status, string StatusText, DateOnly? Since, string? Reason, string SchemeCode, string SchemeVersion, IReadOnlyList<string> Corridors,
        DateOnly? DecidedOn, DateOnly? ValidFrom, DateOnly? ValidTo, IReadOnlyList<HistoryLine> History);

    public sealed record HistoryLine(string Status, string StatusText, DateOnly On, string? Reason);

    public sealed record LookAlike(Guid Id, string Name, string Country);

    /// <summary>Null when the search was not understood.</summary>
    public async Task<Found?> Search(string? query, string? country, string? cursor, CancellationToken stop)
    {
        var path = $"api/v1/register/recruiters?query={Uri.EscapeDataString(query ?? "")}&country={Uri.EscapeDataString(country ?? "")}&cursor={Uri.EscapeDataString(cursor ?? "")}";
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), stop);
        if (answer.StatusCode == HttpStatusCode.BadRequest) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<Found>(stop);
    }

    public async Task<Recruiter?> Get(Guid id, CancellationToken stop)
    {
        using var answer = await http.GetAsync(new Uri($"api/v1/register/recruiters/{id}", UriKind.Relative), stop);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<Recruiter>(stop);
    }
}

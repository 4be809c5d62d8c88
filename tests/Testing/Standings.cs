using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Recruitment.Testing;

/// <summary>What becomes of everybody who gets through at an endpoint, when he asks for one organisation's thing: its own people, those with whom it is shared, and everybody else.</summary>
internal sealed class Standings(HttpClient http, TestIssuer issuer)
{
    /// <summary>Lines for the table, and what must not be, whatever the table says.</summary>
    public async Task<(IReadOnlyList<string> Lines, IReadOnlyList<string> Holes)> At(ServedEndpoint endpoint, Arranged thing, IEnumerable<(string Role, string Kind)> passed)
    {
        var path = await thing.Path();
        var got = new List<(Asker Who, string Got)>();
        // Its own people last: what they do may change the thing, or end it.
        var foreign = passed.Select(p => Gate.Foreign(p.Role, p.Kind));
        foreach (var asker in foreign.Concat(thing.Askers.Reverse())) got.Add((asker, await Ask(endpoint, thing, path, asker.Token(issuer))));

        var lines = new List<string>();
        foreach (var standing in thing.Askers.Concat(got.Select(g => g.Who)).Select(a => a.Standing).Distinct())
        {
            var all = got.Where(g => g.Who.Standing == standing).OrderBy(g => g.Who.Role, StringComparer.Ordinal).ThenBy(g => g.Who.Kind, StringComparer.Ordinal).Select(g => (g.Who.Role, g.Who.Kind, g.Got));
            // Of strangers every kind was tried.
            lines.Add($"    {standing,-8} {Gate.Together(all, thing.Askers.Any(a => a.Standing == standing) ? null : 1)}");
        }
        if (endpoint.IsOpen) lines.Add($"    {"stranger",-8} {await Ask(endpoint, thing, path, null)}");
        return (lines, [.. got.Where(g => g.Who.Standing == "foreign" && !IsClosed(g.Got)).Select(g => $"{endpoint.Method} {endpoint.Route} says {g.Got} to {g.Who.Role} of a foreign {g.Who.Kind}")]);
    }

    private static bool IsClosed(string got) => got is "404" or "403" or "answered without it";

    private async Task<string> Ask(ServedEndpoint endpoint, Arranged thing, string path, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = thing.Body is Func<HttpContent> make ? make() : thing.Body is null ? null : JsonContent.Create(thing.Body);
        if (thing.Version is { } version) request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode) return ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (thing.Shows is null || answer.StatusCode == HttpStatusCode.NoContent) return "answered";
        return (await answer.Content.ReadAsStringAsync()).Contains(thing.Shows, StringComparison.OrdinalIgnoreCase) ? "answered with it" : "answered without it";
    }
}

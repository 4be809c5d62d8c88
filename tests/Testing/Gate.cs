using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Recruitment.Platform;

namespace Recruitment.Testing;

/// <summary>Who gets through at an endpoint, whatever he asks for: every role from an organisation of its own, with made-up things and an empty body. The roles are asked before the body is looked at.</summary>
internal sealed class Gate(HttpClient http, TestIssuer issuer, string service)
{
    private const string Through = "through";

    /// <summary>Every role with every kind of organisation that gives it, and somebody who has signed in and has none.</summary>
    public static IReadOnlyList<(string Role, string Kind)> Everybody { get; } = WithNobodyForgotten();

    /// <summary>What became of everybody at one endpoint.</summary>
    /// <param name="Text">For the table.</param>
    /// <param name="Passed">Who got through.</param>
    /// <param name="Holes">What must not be, whatever the table says.</param>
    public sealed record Passage(string Text, IReadOnlyList<(string Role, string Kind)> Passed, IReadOnlyList<string> Holes);

    public async Task<Passage> At(ServedEndpoint endpoint)
    {
        var stranger = await Try(endpoint, null);
        if (endpoint.IsOpen) return new(stranger == Through ? "everybody" : $"everybody, and yet a stranger got {stranger}", [], []);

        var (passed, holes) = (new List<(string Role, string Kind)>(), new List<string>());
        foreach (var (role, kind) in Everybody)
        {
            var got = await Try(endpoint, Foreign(role, kind).Token(issuer));
            if (got == Through) passed.Add((role, kind));
            else if (got is not ("401" or "403" or "302")) holes.Add($"{endpoint.Method} {endpoint.Route} answers {got} to {Named(role, kind)}");
        }
        if (stranger == Through) holes.Add($"{endpoint.Method} {endpoint.Route} lets a stranger through");
        if (endpoint.Said is { } said && passed.Select(p => p.Role).Except(said).FirstOrDefault() is { } more) holes.Add($"{endpoint.Method} {endpoint.Route} lets {more} through, whom its policy does not name");
        var text = new StringBuilder(Together(passed.Select(p => (p.Role, p.Kind, ""))) is { Length: > 0 } all ? all : "nobody");
        // Roles that the policy names and that get 403 for another reason.
        if (endpoint.Said?.Except(passed.Select(p => p.Role)).ToList() is { Count: > 0 } later) text.Append("; refused later: ").AppendJoin(", ", later);
        text.Append("; stranger ").Append(stranger).Append("; other audience ").Append(await Try(endpoint, Foreign(passed.FirstOrDefault(), "").Token(issuer, "another-api")));
        if (endpoint.Route.StartsWith("/api/", StringComparison.Ordinal)) await Machines(endpoint, passed.Count > 0 ? passed[0] : (Roles.Owner, PartyKinds.Supplier), text);
        return new(text.ToString(), passed, holes);
    }

    /// <summary>Somebody of an organisation that has nothing to do with anything.</summary>
    public static Asker Foreign(string role, string kind) => new(kind switch { PartyKinds.Operator => "operator", "" => "service", _ => "foreign" }, role, kind, role == Roles.Service ? null : Guid.CreateVersion7());

    /// <summary>Roles with what became of them; a kind of organisation stands behind a role that several give, unless so many of them as must were tried and got the same.</summary>
    public static string Together(IEnumerable<(string Role, string Kind, string Got)> all, int? enough = null)
    {
        var lines = new List<string>();
        foreach (var role in all.GroupBy(a => a.Role))
        {
            var kinds = Everybody.Count(e => e.Role == role.Key);
            if (role.Select(a => a.Got).Distinct().Count() == 1 && role.Count() >= (enough ?? kinds)) lines.Add($"{Named(role.Key, "")} {role.First().Got}".TrimEnd());
            else lines.AddRange(role.Select(a => $"{Named(a.Role, kinds > 1 ? a.Kind : "")} {a.Got}".TrimEnd()));
        }
        return string.Join(", ", lines.Distinct());
    }

    private static List<(string Role, string Kind)> WithNobodyForgotten()
    {
        if (Roles.OfPeople.Except(Borders.Everybody.Select(e => e.Role)).FirstOrDefault() is { } forgotten) throw new InvalidOperationException($"{nameof(Borders)}.{nameof(Borders.Everybody)} lacks {forgotten}.");
        return [.. Borders.Everybody, ("", "")];
    }

    private static Asker Foreign((string Role, string Kind) who, string scope) => Foreign(who.Role ?? "", who.Kind ?? "") with { Scope = scope };

    private static string Named(string role, string kind) => (role.Length == 0 ? "no_role" : role) + (kind.Length == 0 ? "" : $"({kind})");

    /// <summary>A machine of somebody who gets through: with the scope for everything, with none, with the one for reading, and with another service's.</summary>
    private async Task Machines(ServedEndpoint endpoint, (string Role, string Kind) who, StringBuilder text)
    {
        text.Append("; machine ").Append(await As(endpoint.OwnScope ?? "api")).Append(", without scope ").Append(await As(""));
        if (endpoint.OwnScope is not null) text.Append(", with api ").Append(await As("api"));
        text.Append(", to read only ").Append(await As($"{service}.read")).Append(", with another service's scope ").Append(await As(service == "risk" ? "reports" : "risk"));

        async Task<string> As(string scope) => await Try(endpoint, (Foreign(who, scope) with { Subject = $"client:{Guid.CreateVersion7()}" }).Token(issuer));
    }

    private static StringContent Nothing(string takes)
    {
        var nothing = new StringContent("{}", Encoding.UTF8);
        nothing.Headers.ContentType = MediaTypeHeaderValue.Parse(takes == "multipart/form-data" ? $"{takes}; boundary=none" : takes);
        return nothing;
    }

    private async Task<string> Try(ServedEndpoint endpoint, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(endpoint.Method == "ANY" ? "GET" : endpoint.Method), endpoint.MadeUp());
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (endpoint.Method is "POST" or "PUT" or "PATCH") request.Content = Nothing(endpoint.Takes);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => "401",
            HttpStatusCode.Forbidden => "403",
            // A page sends whoever it does not know to the sign-in page.
            HttpStatusCode.Redirect when answer.Headers.Location?.ToString().Contains("sign-in", StringComparison.Ordinal) == true => "302",
            HttpStatusCode.InternalServerError => "500",
            _ => Through,
        };
    }
}

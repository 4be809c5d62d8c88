using System.Text;

namespace Recruitment.Testing;

/// <summary>Who gets what at every endpoint of a service, tried over HTTP on the started host: the list of endpoints is routing's own, so that none can escape.</summary>
/// <param name="Text">For a committed file that a reviewer reads.</param>
/// <param name="Holes">What must not be, whatever the file says.</param>
public sealed record AccessTable(string Text, IReadOnlyList<string> Holes)
{
    /// <summary>Endpoints that Platform maps in many services, whose things belong to no organisation.</summary>
    private static readonly string[] OfTheOperator = ["SendDeadLetterAgain", "SetDeadLetterAside", "TryStuckWorkAgain"];

    private const string Legend =
        """
        # Tried over HTTP by this service's AccessTests; UPDATE_SNAPSHOTS=1 with them writes it anew.
        # gate: with a thing that nobody has, and an empty body, who gets anything but 401 and 403. A kind of organisation stands behind a role where it makes a difference.
        # The other lines ask for a thing that somebody has: own (its organisation), shared (one with which it is shared), what the test calls others, foreign (any other organisation), operator, service.
        # answered: was given or done. 404: does not exist for who asks. 409, 400, 412, 428: he may know of it, and a rule of the work refuses. A foreign organisation that gets anything but 404 and 403 fails the test.
        """;

    /// <param name="host">The service.</param>
    /// <param name="service">Its name, as it stands in addresses.</param>
    /// <param name="arranged">Things for endpoints whose address names one, or whose answer or body does.</param>
    /// <param name="notArranged">By the endpoint's name, why there is no such thing.</param>
    public static async Task<AccessTable> Of<TProgram>(ServiceHost<TProgram> host, string service, IReadOnlyList<Arranged> arranged, IReadOnlyDictionary<string, string>? notArranged = null)
        where TProgram : class
    {
        using var http = host.Anonymous();
        return await Of(host.Services, http, host.Issuer, service, arranged, notArranged ?? new Dictionary<string, string>());
    }

    /// <summary>Of a host that a test has built by itself.</summary>
    public static async Task<AccessTable> Of(
        IServiceProvider services, HttpClient http, TestIssuer issuer, string service, IReadOnlyList<Arranged> arranged, IReadOnlyDictionary<string, string> notArranged)
    {
        var (gate, standings, endpoints) = (new Gate(http, issuer, service), new Standings(http, issuer), ServedEndpoint.Of(services));
        var holes = arranged.Select(a => a.Endpoint).Concat(notArranged.Keys).Except(endpoints.Select(e => e.Name)).Select(name => $"{name} is arranged and is no endpoint").ToList();
        var (lines, open, tried) = (new StringBuilder(), 0, 0);
        foreach (var endpoint in endpoints)
        {
            var passage = await gate.At(endpoint);
            lines.Append('\n').Append(endpoint.Method).Append(' ').Append(endpoint.Route).Append(endpoint.Name.Length > 0 ? "  " : "").Append(endpoint.Name).Append('\n').Append("    gate     ").Append(passage.Text).Append('\n');
            holes.AddRange(passage.Holes);
            var things = arranged.Where(a => a.Endpoint == endpoint.Name).ToList();
            foreach (var thing in things)
            {
                var (stand, wrong) = await standings.At(endpoint, thing, passage.Passed);
                lines.AppendJoin('\n', stand).Append('\n');
                holes.AddRange(wrong);
            }
            tried += things.Count > 0 ? 1 : 0;
            if (things.Count > 0 || !endpoint.HasThing) continue;
            var why = OfTheOperator.Any(name => endpoint.Name.EndsWith(name, StringComparison.Ordinal)) ? "the operator's own queue, no organisation's" : notArranged.GetValueOrDefault(endpoint.Name);
            if (why is null) holes.Add($"{endpoint.Method} {endpoint.Route} ({endpoint.Name}) names a thing, and no test has arranged one or said why not");
            lines.Append("    not arranged: ").Append(why ?? "nobody has said why").Append('\n');
            open++;
        }
        return new($"# Who gets what at every address of {service}.\n{Legend}\n# {endpoints.Count} endpoints; {tried} asked for somebody's thing; {open} name a thing that is not arranged.\n{lines}", holes);
    }

    /// <summary>Where the committed file says otherwise; UPDATE_SNAPSHOTS=1 writes it anew, for a reviewer to see the difference.</summary>
    /// <param name="path">The committed file.</param>
    /// <param name="write">False for a table that is wrong on purpose.</param>
    public IReadOnlyList<string> DifferencesTo(string path, bool write = true)
    {
        var file = Path.Combine(Repository.Root, path);
        if (write && Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") File.WriteAllText(file, Text);
        var (committed, now) = (File.Exists(file) ? File.ReadAllText(file).Split('\n') : [], Text.Split('\n'));
        if (committed.SequenceEqual(now)) return [];
        // With the endpoint above it, for a line says little alone.
        return [$"{path} says otherwise", .. Under(committed).Except(Under(now)).Select(l => $"committed: {l}"), .. Under(now).Except(Under(committed)).Select(l => $"now: {l}")];
    }

    private static IEnumerable<string> Under(string[] lines)
    {
        var above = "";
        foreach (var line in lines)
        {
            if (line.Length > 0 && line[0] is not (' ' or '#')) above = line;
            yield return line.StartsWith(' ') ? $"{above} | {line.Trim()}" : line;
        }
    }
}

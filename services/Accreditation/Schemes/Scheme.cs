using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Schemes;

/// <summary>One version of a standard: principles, criteria and indicators. Codes and wording are our own.</summary>
internal sealed record Scheme(string Code, string Version, string Title, string Caveat, IReadOnlyList<Principle> Principles)
{
    public IEnumerable<Criterion> Criteria => Principles.SelectMany(p => p.Criteria);

    public IEnumerable<Indicator> Indicators => Criteria.SelectMany(c => c.Indicators);

    public Criterion? FindCriterion(string code) => Criteria.FirstOrDefault(c => c.Code == code);

    public Indicator? FindIndicator(string code) => Indicators.FirstOrDefault(i => i.Code == code);
}

internal sealed record Principle(string Code, string Title, IReadOnlyList<Criterion> Criteria);

internal sealed record Criterion(string Code, string Title, string Topic, IReadOnlyList<Indicator> Indicators);

/// <summary>What is looked at. A confirmed breach of a zero-tolerance indicator alone blocks a grant.</summary>
/// <remarks>CheckedAgainstOfficialText: Who compared it with the official text, and when; null until somebody did, and then nothing may claim more.</remarks>
internal sealed record Indicator(
    string Code, string Text, IReadOnlyList<string> Evidence, bool ZeroTolerance, bool EvidenceRequired, string Topic, CheckedText? CheckedAgainstOfficialText);

internal sealed record CheckedText(string By, DateOnly On);

/// <summary>All scheme versions, read and checked at start. An application stays on the version it began with.</summary>
internal sealed class SchemeCatalogue
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly HashSet<string> EvidenceTypes =
        ["document", "records", "system", "worker_interview", "staff_interview", "employer_interview", "partner_interview", "observation", "external_source"];

    private readonly Dictionary<(string Code, string Version), Scheme> schemes;

    private SchemeCatalogue(IEnumerable<Scheme> schemes) => this.schemes = schemes.ToDictionary(s => (s.Code, s.Version));

    /// <summary>The version new applications begin with.</summary>
    public Scheme Current => schemes.Values.OrderBy(s => Version.Parse(s.Version)).Last();

    public Scheme Of(string code, string version) =>
        schemes.TryGetValue((code, version), out var scheme) ? scheme : throw new InvalidOperationException($"Scheme {code} {version} is not shipped any more.");

    /// <summary>Reads every embedded scheme; a broken one stops the start.</summary>
    public static SchemeCatalogue Load()
    {
        var assembly = typeof(SchemeCatalogue).Assembly;
        var names = assembly.GetManifestResourceNames().Where(n => n.Contains(".Schemes.own-standard-", StringComparison.Ordinal));
        return new(names.Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            return Check(JsonSerializer.Deserialize<Scheme>(stream, Json) ?? throw new InvalidOperationException($"{name} is empty."));
        }));
    }

    /// <summary>Says what is wrong with a scheme, all at once.</summary>
    public static Scheme Check(Scheme scheme)
    {
        var wrong = new List<string>();
        wrong.AddRange(scheme.Criteria.GroupBy(c => c.Code).Where(g => g.Count() > 1).Select(g => $"criterion {g.Key} twice"));
        wrong.AddRange(scheme.Criteria.Where(c => c.Indicators.Count == 0).Select(c => $"criterion {c.Code} without indicators"));
        wrong.AddRange(scheme.Criteria.Where(c => !Topics.Has(c.Topic)).Select(c => $"criterion {c.Code}: topic {c.Topic}"));
        wrong.AddRange(scheme.Indicators.GroupBy(i => i.Code).Where(g => g.Count() > 1).Select(g => $"indicator {g.Key} twice"));
        wrong.AddRange(scheme.Indicators.Where(i => !Topics.Has(i.Topic)).Select(i => $"indicator {i.Code}: topic {i.Topic}"));
        wrong.AddRange(scheme.Indicators.Where(i => i.Evidence.Count == 0 || !i.Evidence.All(EvidenceTypes.Contains)).Select(i => $"indicator {i.Code}: evidence"));
        wrong.AddRange(scheme.Criteria.SelectMany(c => c.Indicators.Where(i => !i.Code.StartsWith(c.Code + "-", StringComparison.Ordinal)).Select(i => $"indicator {i.Code} under {c.Code}")));
        return wrong.Count == 0 ? scheme : throw new InvalidOperationException($"Scheme {scheme.Code} {scheme.Version}: {string.Join("; ", wrong)}.");
    }
}

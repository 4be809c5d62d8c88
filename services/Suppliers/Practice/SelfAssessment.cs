using System.Text.Json;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Suppliers.Practice;

/// <summary>What a supplier last said about practice at one site.</summary>
internal sealed class SelfAssessment
{
    public SiteId SiteId { get; init; }
    public int Version { get; private set; }
    public string CatalogueVersion { get; private set; } = "";
    public string AnswersJson { get; private set; } = "{}";
    public DateOnly AsOf { get; private set; }

    public IReadOnlyDictionary<string, string> Answers => JsonSerializer.Deserialize<Dictionary<string, string>>(AnswersJson)!;

    /// <summary>Newer answers join the older ones, so that one topic can be answered at a time.</summary>
    public void Submit(string catalogueVersion, IReadOnlyDictionary<string, string> answers, DateOnly today)
    {
        var all = CatalogueVersion == catalogueVersion ? new Dictionary<string, string>(Answers) : [];
        foreach (var (question, answer) in answers) all[question] = answer;
        AnswersJson = JsonSerializer.Serialize(all);
        CatalogueVersion = catalogueVersion;
        AsOf = today;
        Version++;
    }

    public SelfAssessmentSubmitted State(int epoch) => new()
    {
        SiteId = SiteId.Value, Epoch = epoch, Sequence = Version, CatalogueVersion = CatalogueVersion, AsOf = AsOf,
        Answers = [.. Answers.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => new SelfAssessmentAnswer { Question = a.Key, Answer = a.Value })],
    };
}

/// <summary>Workers of one nationality and sex at one site: a count, never a person.</summary>
internal sealed class WorkforceCount
{
    public SiteId SiteId { get; init; }
    public string Nationality { get; init; } = "";
    public string Sex { get; init; } = "";
    public int Count { get; init; }
}

using System.Text.Json;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Risk.Sites;

/// <summary>What a supplier last declared about practice at a site.</summary>
internal sealed class SelfAssessment
{
    public required Guid SiteId { get; init; }
    public DateOnly AsOf { get; set; }
    public string Answers { get; set; } = "[]";

    public IReadOnlyDictionary<string, string> Read()
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var given in JsonSerializer.Deserialize<List<SelfAssessmentAnswer>>(Answers)!) answers[given.Question] = given.Answer;
        return answers;
    }
}

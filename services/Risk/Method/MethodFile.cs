using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.Risk.Method;

/// <summary>Finds the method in force: the newest version that ships or that the operator put into the data folder.</summary>
internal static class MethodFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public static RiskMethod Newest(string dataFolder) =>
        DataFiles.All("method", ".json", dataFolder).Select(file => Read(file.Text)).MaxBy(m => System.Version.Parse(m.Version))!;

    public static RiskMethod Read(string json)
    {
        var method = JsonSerializer.Deserialize<RiskMethod>(json, Strict) ?? throw new InvalidOperationException("The method file is empty.");
        var wrong = Faults(method).ToList();
        return wrong.Count == 0 ? method : throw new InvalidOperationException($"The method file is not usable: {string.Join("; ", wrong)}.");
    }

    /// <summary>What would make scores meaningless is refused at start, not discovered on a screen.</summary>
    private static IEnumerable<string> Faults(RiskMethod method)
    {
        var inputs = method.Facts.Keys.Concat(method.Practice.Select(p => p.Code)).Append(method.Recruiters.Code).Append("sector").ToHashSet(StringComparer.Ordinal);
        var controls = method.Controls.Select(c => c.Code).Append("accreditation").Append("audit").ToHashSet(StringComparer.Ordinal);
        foreach (var missing in Topics.All.Except(method.Topics.Select(t => t.Code))) yield return $"the topic {missing} is missing";
        foreach (var topic in method.Topics)
        {
            if (!Topics.Has(topic.Code)) yield return $"{topic.Code} is not a topic that other services know";
            if (topic.Inherent.Sum(w => w.Weight) != 10_000) yield return $"the weights of {topic.Code} do not add up to 10000";
            if (topic.Controls.Sum(w => w.Weight) > 10_000) yield return $"the controls of {topic.Code} exceed 10000";
            if (topic.Severity is < 1 or > 5) yield return $"the severity of {topic.Code} is not 1 to 5";
            foreach (var unknown in topic.Inherent.Select(w => w.Input).Where(i => !inputs.Contains(i))) yield return $"{topic.Code} names the unknown input {unknown}";
            foreach (var unknown in topic.Controls.Select(w => w.Control).Where(c => !controls.Contains(c))) yield return $"{topic.Code} names the unknown control {unknown}";
        }
        if (method.Peers.Minimum < 5) yield return "fewer than five peers would let one site be read from the percentile";
        if (method.Bands[^1].From != 0) yield return "the last band must begin at 0";
    }
}

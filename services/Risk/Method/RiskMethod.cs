namespace Recruitment.Risk.Method;

/// <summary>The whole method as data: every weight, step and floor, each with its source. Numbers are hundredths, 0 to 10000.</summary>
internal sealed record RiskMethod
{
    public required string Version { get; init; }
    public required string Statement { get; init; }
    public required string Units { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required IReadOnlyDictionary<string, FactScale> Facts { get; init; }
    public required IReadOnlyList<PracticeInput> Practice { get; init; }
    public required RecruitersInput Recruiters { get; init; }
    public required IReadOnlyList<ControlInput> Controls { get; init; }
    public required SectorInput Sector { get; init; }
    public required Evidence Evidence { get; init; }
    public required Decay Decay { get; init; }
    public required Residual Residual { get; init; }
    public required AuditFloors AuditFloors { get; init; }
    public required Scope Scope { get; init; }
    public required Interval Interval { get; init; }
    public required IReadOnlyList<Band> Bands { get; init; }
    public required Confidence Confidence { get; init; }
    public required Peers Peers { get; init; }
    public required Propagation Propagation { get; init; }
    public required WorkerVoiceScale WorkerVoice { get; init; }
    public required SupportScale SupportNeeded { get; init; }
    public required IReadOnlyList<Topic> Topics { get; init; }

    public string BandOf(int residual, int imputed) => imputed >= Confidence.UnknownFrom ? "unknown" : Bands.First(b => residual >= b.From).Code;

    public string BandLabel(string code) => Bands.FirstOrDefault(b => b.Code == code)?.Label ?? "Not enough known";
}

/// <summary>How a published value becomes a likelihood: by name, or on a line between two published values.</summary>
internal sealed record FactScale
{
    public required string Label { get; init; }
    public IReadOnlyDictionary<string, int>? Map { get; init; }
    /// <summary>The published value, in ten-thousandths, at which likelihood is 10000.</summary>
    public int? Low { get; init; }
    /// <summary>The published value, in ten-thousandths, at which likelihood is 0.</summary>
    public int? High { get; init; }
    public required int Default { get; init; }
    public required int Uncertainty { get; init; }
    public required string Source { get; init; }
}

internal sealed record PracticeInput
{
    public required string Code { get; init; }
    public required string Label { get; init; }
    public required string Question { get; init; }
    public required IReadOnlyDictionary<string, int> Values { get; init; }
    public required int Default { get; init; }
    /// <summary>May lawfully be left unanswered: "declined" is then no gap.</summary>
    public required bool MayBeDeclined { get; init; }
    public required string Source { get; init; }
}

internal sealed record RecruitersInput
{
    public required string Code { get; init; }
    public required string Label { get; init; }
    public required string Question { get; init; }
    public required int Default { get; init; }
    /// <summary>The answer to the question that says no recruiter is used.</summary>
    public required string DirectAnswer { get; init; }
    public required int Direct { get; init; }
    public required int Granted { get; init; }
    public required int None { get; init; }
    public required int Expired { get; init; }
    public required int Suspended { get; init; }
    public required int Withdrawn { get; init; }
    public required string Source { get; init; }

    public int Of(string status) => status switch
    {
        "granted" => Granted,
        "expired" => Expired,
        "suspended" => Suspended,
        "withdrawn" => Withdrawn,
        _ => None,
    };
}

internal sealed record ControlInput
{
    public required string Code { get; init; }
    public required string Label { get; init; }
    public required string Question { get; init; }
    public required IReadOnlyDictionary<string, int> Answers { get; init; }
    public required IReadOnlyList<string> Documented { get; init; }
    public required string Source { get; init; }
}

internal sealed record SectorInput
{
    public required string Label { get; init; }
    public required string GoodsLabel { get; init; }
    public required int Default { get; init; }
    public required int Uncertainty { get; init; }
    public required IReadOnlyList<int[]> RateSteps { get; init; }
    public required int Goods { get; init; }
    public required IReadOnlyList<string> ChildGoodsTopics { get; init; }
    public required string Source { get; init; }
}

internal sealed record Evidence(
    [property: System.Text.Json.Serialization.JsonPropertyName("self_declared")] int SelfDeclared,
    int Document,
    [property: System.Text.Json.Serialization.JsonPropertyName("on_site_audit")] int OnSiteAudit,
    string Source);

/// <summary>What a piece of evidence is still worth after so many months: a table, so that no machine computes it differently.</summary>
internal sealed record Decay(IReadOnlyList<int[]> Steps, string Source)
{
    public int After(DateOnly from, DateOnly today)
    {
        var months = Math.Max(0, ((today.Year - from.Year) * 12) + today.Month - from.Month - (today.Day < from.Day ? 1 : 0));
        return Steps.Last(step => step[0] <= months)[1];
    }
}

internal sealed record Residual(int ControlEffect, int Floor, string Source);

internal sealed record AuditFloors(int Critical, int Major, string Source)
{
    public int Of(string grade) => grade switch { "critical" => Critical, "major" => Major, _ => 0 };
}

internal sealed record Scope(int Workers, int Add, string Source);

internal sealed record Interval(
    int Imputed,
    [property: System.Text.Json.Serialization.JsonPropertyName("self_declared")] int SelfDeclared,
    [property: System.Text.Json.Serialization.JsonPropertyName("declared_link")] int DeclaredLink,
    int StandardErrors,
    string Source);

internal sealed record Band(string Code, string Label, int From);

internal sealed record Confidence(int A, int B, int C, int UnknownFrom, string Source);

internal sealed record Peers(int Minimum, int Percentile, string Source);

internal sealed record Propagation(int Rounds, string Source);

internal sealed record WorkerVoiceScale(int Quarters, IReadOnlyDictionary<string, int> Bands, int Other, string Source)
{
    public int Of(string band) => Bands.GetValueOrDefault(band, Other);
}

internal sealed record SupportScale(int Share, int Corridor, string Source);

internal sealed record Topic
{
    public required string Code { get; init; }
    public required string Label { get; init; }
    /// <summary>1 to 5: how grave, and how hard to put right.</summary>
    public required int Severity { get; init; }
    public required IReadOnlyList<Weighted> Inherent { get; init; }
    public required IReadOnlyList<WeightedControl> Controls { get; init; }
    public required string Source { get; init; }
}

internal sealed record Weighted(string Input, int Weight);

internal sealed record WeightedControl(string Control, int Weight);

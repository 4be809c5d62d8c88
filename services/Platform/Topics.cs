namespace Recruitment.Platform;

/// <summary>What can go wrong for a worker, as the codes that every service shares: a grievance, a finding, an answer about practice and a score meet in them.</summary>
public static class Topics
{
    /// <summary>In no order that means anything.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "fees_and_debt", "documents", "deception", "wages", "hours", "movement", "violence", "children", "association", "housing",
        "health_and_safety", "remedy",
    ];

    public static bool Has(string code) => All.Contains(code);
}

namespace Recruitment.Grievances;

/// <summary>What a grievance can be about, as codes that every service shares.</summary>
internal static class Topics
{
    public static IReadOnlySet<string> All { get; } = new HashSet<string>
    {
        "fees_and_debt", "documents", "deception", "wages", "hours", "movement", "violence", "children", "association", "housing",
        "health_and_safety", "remedy",
    };
}

using System.Text.Json;

namespace Recruitment.AllInOne.Demonstration;

/// <summary>The demonstration as data (scenario.json): who there is, what they say of themselves, and what workers tell.</summary>
internal sealed record Scenario
{
    public required IReadOnlyList<Party> Parties { get; init; }
    public required IReadOnlyList<SupplierList> Lists { get; init; }
    public required SupplierStory Supplier { get; init; }
    public required IReadOnlyList<Assessment> Assessments { get; init; }

    /// <summary>The site that the cases are about, by name.</summary>
    public required string CasesAbout { get; init; }
    public required string CasesTopic { get; init; }
    public required IReadOnlyList<Case> Cases { get; init; }
    public required Roster People { get; init; }
    public required Guid AuditBodyId { get; init; }

    public sealed record Party(Guid Id, string Kind, string Name, string Country);

    /// <summary>A list that a brand handed in before the tour begins.</summary>
    public sealed record SupplierList(string Client, string File);

    /// <summary>A supplier that has answered everything, and its sites.</summary>
    public sealed record SupplierStory(
        string Client, Guid PartyId, JsonElement Profile, IReadOnlyList<Place> Sites, string Sector, IReadOnlyDictionary<string, string> Answers, IReadOnlyList<Link> Recruiters);

    public sealed record Place(string Name, string Address, string Province, JsonElement Workforce);

    public sealed record Link(Guid RecruiterId, string OriginCountry, DateOnly From);

    /// <summary>A recruiter's application, taken as far as a state.</summary>
    public sealed record Assessment(
        string Client, Guid PartyId, IReadOnlyList<string> Corridors, IReadOnlyList<string> Sectors, string Until, string Finding, Minor? Minor, string Summary, string Rationale);

    public sealed record Minor(string Criterion, string Text);

    public sealed record Case(string Language, bool? SafeNow, string Text);

    /// <summary>The people who act themselves, by the e-mail they sign in with.</summary>
    public sealed record Roster(string SchemeManager, string Auditor, string DecisionMaker, string CaseHandler);

    public static Scenario Read() => JsonSerializer.Deserialize<Scenario>(File("scenario.json"), JsonSerializerOptions.Web)!;

    public static Stream File(string name) => typeof(Scenario).Assembly.GetManifestResourceStream($"Recruitment.AllInOne.Demonstration.{name}")!;
}

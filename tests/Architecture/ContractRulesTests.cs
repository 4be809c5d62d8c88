namespace Recruitment.Architecture.Tests;

/// <summary>What may cross between services.</summary>
public sealed class ContractRulesTests
{
    /// <summary>Names, addresses and counts of organisations and sites, which may cross borders.</summary>
    private static readonly HashSet<string> Allowed =
    [
        "PartyChanged.Name", "SupplyRelationChanged.SupplierName", "SiteListed.Name", "SiteListed.Workers",
        "SiteChanged.Name", "SiteChanged.Address", "SiteChanged.WorkersTotal", "SiteChanged.MigrantWorkers",
        "AccreditationChanged.RecruiterName",
    ];

    private static IEnumerable<Type> Contracts => Solution.All["Contracts"].GetExportedTypes();

    [Fact]
    public void Contracts_are_plain_records_of_a_publisher() => Assert.Empty(Contracts.SelectMany(Rules.ContractShape));

    [Fact]
    public void A_contract_with_an_enum_or_a_decimal_is_found() => Assert.Equal(4, Rules.ContractShape(typeof(OddEvent)).Count());

    [Fact]
    public void Contracts_carry_nothing_about_people() => Assert.Empty(Rules.People(Contracts.SelectMany(c => c.GetProperties()), Allowed));

    [Fact]
    public void A_contract_about_a_person_is_found() => Assert.Single(Rules.People(typeof(Complaint).GetProperties(), Allowed));

    [Fact]
    public void Every_allowed_name_still_exists()
    {
        var existing = Contracts.SelectMany(c => c.GetProperties()).Select(p => $"{p.DeclaringType!.Name}.{p.Name}").ToHashSet();

        Assert.Empty(Allowed.Except(existing));
    }

    [Fact]
    public void Grievances_publishes_released_signals_and_nothing_else()
    {
        var published = Contracts.Where(c => c.Namespace == "Recruitment.Contracts.Grievances" && c.GetProperty("Epoch") is not null);

        Assert.Equal(["SignalsReleased"], published.Select(c => c.Name));
    }

    private sealed record Complaint(string WorkerName);

    private sealed record OddEvent(DayOfWeek Day, decimal Amount);
}

using System.Reflection;
using Recruitment.Platform;

namespace Recruitment.Architecture.Tests;

/// <summary>Who may know whom, each rule with the proof that it bites.</summary>
public sealed class BoundaryTests
{
    [Fact]
    public void Projects_refer_only_to_whom_they_may()
    {
        var wrong = Solution.Projects().SelectMany(file => Rules.References(
            Path.GetFileNameWithoutExtension(file).Replace("Recruitment.", "", StringComparison.Ordinal), File.ReadAllText(file)));

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Risk", "../Suppliers/Recruitment.Suppliers.csproj")]
    [InlineData("Contracts", "../Platform/Recruitment.Platform.csproj")]
    [InlineData("Platform", "../Risk/Recruitment.Risk.csproj")]
    [InlineData("Web", "../services/Grievances/Recruitment.Grievances.csproj")]
    public void A_reference_across_a_boundary_is_found(string project, string reference) =>
        Assert.Single(Rules.References(project, $"""<Project><ItemGroup><ProjectReference Include="{reference}" /></ItemGroup></Project>"""));

    [Fact]
    public void Services_export_their_program_and_their_table_of_contents() =>
        Assert.Empty(Solution.Services.SelectMany(s => Rules.Exports(s.Key, s.Value.GetExportedTypes())));

    [Fact]
    public void An_exported_aggregate_is_found() => Assert.Single(Rules.Exports("Risk", [typeof(BoundaryTests)]));

    [Fact]
    public void No_type_has_a_name_that_says_nothing() => Assert.Empty(Rules.Names(AllTypes()));

    [Fact]
    public void A_name_that_says_nothing_is_found() => Assert.Single(Rules.Names([typeof(CaseManager)]));

    [Fact]
    public void Every_interface_of_ours_has_earned_its_place() =>
        Assert.Empty(Solution.All.Values.SelectMany(assembly => Rules.LoneInterfaces(assembly.GetTypes())));

    [Fact]
    public void An_interface_with_one_implementation_is_found() => Assert.Single(Rules.LoneInterfaces([typeof(ILonely), typeof(Lonely)]));

    [Fact]
    public void The_bus_is_known_to_Platform_alone() =>
        Assert.Empty(Solution.All.SelectMany(a => Rules.Bus(a.Key, a.Value.GetReferencedAssemblies())));

    [Fact]
    public void The_bus_in_a_service_is_found() => Assert.Single(Rules.Bus("Risk", [new AssemblyName("MassTransit.Abstractions")]));

    [Fact]
    public void Who_asks_whom_is_as_written_down()
    {
        var calls = new[] { "services", "gateway", "web" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Solution.Root, folder), "*.cs", SearchOption.AllDirectories)).Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Rules.Calls(Solution.ProjectOf(file), File.ReadAllText(file))).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(Solution.Lines("who-calls-whom.txt").Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal), calls);
    }

    [Fact]
    public void A_call_that_nobody_wrote_down_is_found() =>
        Assert.Equal(["Risk -> Grievances"], Rules.Calls("Risk", """builder.AddServiceClient<CaseClient>("grievances");""").Except(Solution.Lines("who-calls-whom.txt").Select(line => line.Split(':')[0])));

    [Fact]
    public void Every_written_call_has_its_reason() =>
        Assert.All(Solution.Lines("who-calls-whom.txt"), line => Assert.Matches("^[A-Z][a-z]+ -> [A-Z][a-z]+: .{10,}$", line));

    [Fact]
    public void A_review_of_a_text_is_written_on_the_review_screen_alone() =>
        Assert.Equal([("TextsOf.cshtml.cs", 1)], Solution.SourceFiles().Where(f => !f.Contains("/tests/", StringComparison.Ordinal))
            .Select(f => (Path.GetFileName(f), Rules.Reviews(File.ReadAllText(f)))).Where(f => f.Item2 > 0));

    [Theory]
    [InlineData("db.Add(new TextReview { Key = key });")]
    [InlineData("migrationBuilder.InsertData(table: \"TextReviews\");")]
    [InlineData("INSERT INTO \"TextReviews\" VALUES (1)")]
    public void A_review_written_elsewhere_is_found(string source) => Assert.Equal(1, Rules.Reviews(source));

    [Fact]
    public void Every_secret_that_a_program_asks_for_is_a_known_setting_and_no_other() =>
        Assert.Equal(KnownSettings.SecretNames, Solution.SourceFiles().Where(f => !f.Contains("/tests/", StringComparison.Ordinal)).SelectMany(f => Rules.Secrets(File.ReadAllText(f)))
            .Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void No_file_is_longer_than_four_hundred_lines() => Assert.Empty(Solution.SourceFiles()
        .SelectMany(file => Rules.Length(Path.GetRelativePath(Solution.Root, file), File.ReadLines(file).Count())));

    [Fact]
    public void A_file_too_long_is_found() => Assert.Single(Rules.Length("Everything.cs", 401));

    private static IEnumerable<Type> AllTypes() => Solution.All.Values.SelectMany(a => a.GetTypes());

    private sealed class CaseManager;

    private interface ILonely;

    private sealed class Lonely : ILonely;
}

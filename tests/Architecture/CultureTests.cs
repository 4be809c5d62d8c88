using System.Text.RegularExpressions;

namespace Recruitment.Architecture.Tests;

/// <summary>What the product says does not depend on the machine it runs on: in Thailand the year 2026 is 2569, in Viet Nam 1.5 is written 1,5.</summary>
public sealed partial class CultureTests
{
    [Fact]
    public void No_day_or_number_is_written_in_the_manner_of_the_machine() => Assert.Empty(Solution.SourceFiles()
        .Where(file => !Path.GetRelativePath(Solution.Root, file).StartsWith("tests", StringComparison.Ordinal))
        .SelectMany(file => Wrong(File.ReadAllText(file)).Select(found => $"{Path.GetFileName(file)}: {found}")));

    [Theory]
    [InlineData("$\"refused on {day:yyyy-MM-dd}\"", 1)]
    [InlineData("$\"more than {rows:N0} rows\"", 1)]
    [InlineData("$\"took {watch:0.0} s\"", 1)]
    [InlineData("string.Create(CultureInfo.InvariantCulture, $\"refused on {day:yyyy-MM-dd}\")", 0)]
    [InlineData("$\"/api/v1/{id:guid}\" and {id:N}", 0)]
    public void A_day_written_so_is_found(string source, int found) => Assert.Equal(found, Wrong(source).Count());

    private static IEnumerable<string> Wrong(string source) =>
        Formatted().Matches(source).Where(m => !source[Math.Max(0, m.Index - 300)..m.Index].Contains("InvariantCulture", StringComparison.Ordinal)).Select(m => m.Value);

    [GeneratedRegex(@"\{[^{}""\n]+:(y{4}[^{}]*|N\d|F\d|P\d|[0#][0#.,]*)\}")]
    private static partial Regex Formatted();
}

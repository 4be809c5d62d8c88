using System.Text.RegularExpressions;

namespace Recruitment.Architecture.Tests;

/// <summary>The checklist of RFC 9700 in docs/identity.md names for each line the test that answers it; a test that was renamed or removed is missed.</summary>
public sealed partial class ChecklistTests
{
    [Fact]
    public void Every_test_that_the_checklist_names_exists() => Assert.Empty(Missing(File.ReadAllText(Path.Combine(Solution.Root, "docs", "identity.md"))));

    [Fact]
    public void A_test_that_is_gone_is_found() => Assert.Equal(["A_test_that_nobody_wrote"], Missing("| A line | `A_test_that_nobody_wrote`, `Every_path_that_a_document_names_exists` |"));

    private static IEnumerable<string> Missing(string text)
    {
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Solution.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        return NamedTests().Matches(text).Select(m => m.Groups[1].Value).Where(name => !tests.Contains($" {name}(", StringComparison.Ordinal));
    }

    [GeneratedRegex("`([A-Z][a-z]*(?:_[A-Za-z0-9]+){3,})`")]
    private static partial Regex NamedTests();
}

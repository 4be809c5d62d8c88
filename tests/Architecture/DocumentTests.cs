using System.Text.RegularExpressions;

namespace Recruitment.Architecture.Tests;

public sealed partial class DocumentTests
{
    [Fact]
    public void Every_path_that_a_document_names_exists()
    {
        var documents = Directory.EnumerateFiles(Path.Combine(Solution.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Solution.Root, "README.md"));

        Assert.Empty(documents.SelectMany(file => Missing(File.ReadAllText(file)).Select(path => $"{Path.GetFileName(file)}: {path}")));
    }

    [Fact]
    public void A_path_that_does_not_exist_is_found() =>
        Assert.Equal(["services/Nowhere/Nothing.cs"], Missing("See `services/Nowhere/Nothing.cs`, not `services/<Service>/x` or `README.md`."));

    private static IEnumerable<string> Missing(string text) => PathInBackticks().Matches(text).Select(m => m.Groups[1].Value)
        .Where(path => !Path.Exists(Path.Combine(Solution.Root, path)));

    [GeneratedRegex("`((?:services|web|gateway|tests|docs|k8s)/[A-Za-z0-9_./-]+)`")]
    private static partial Regex PathInBackticks();
}

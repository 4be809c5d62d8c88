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

    [Fact]
    public void Every_file_that_a_services_page_names_is_in_that_service()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Solution.Root, "services"), "README.md", SearchOption.AllDirectories);

        Assert.Empty(pages.SelectMany(file => MissingIn(Path.GetDirectoryName(file)!, File.ReadAllText(file))));
    }

    [Fact]
    public void A_file_that_is_not_in_the_service_is_found() => Assert.Equal(["People/Nobody.cs"],
        MissingIn(Path.Combine(Solution.Root, "services/Identity"), "See `People/Person.cs`, not `People/Nobody.cs` and not `docs/x.json`."));

    [Fact]
    public void Every_service_has_a_page_of_its_own() =>
        Assert.All(Solution.Services.Keys, service => Assert.True(File.Exists(Path.Combine(Solution.Root, "services", service, "README.md")), service));

    [Fact]
    public void Each_decision_has_a_number_of_its_own() =>
        Assert.Empty(Twice(Directory.EnumerateFiles(Path.Combine(Solution.Root, "docs/adr"), "*.md").Select(file => Path.GetFileName(file))));

    [Fact]
    public void A_number_given_twice_is_found() => Assert.Equal(["0002"], Twice(["0001-a.md", "0002-b.md", "0002-c.md"]));

    private static IEnumerable<string> Twice(IEnumerable<string> decisions) => decisions.GroupBy(name => name[..4]).Where(g => g.Count() > 1).Select(g => g.Key);

    private static IEnumerable<string> MissingIn(string folder, string text) => FileInBackticks().Matches(text).Select(m => m.Groups[1].Value)
        .Where(path => !File.Exists(Path.Combine(folder, path)));

    private static IEnumerable<string> Missing(string text) => PathInBackticks().Matches(text).Select(m => m.Groups[1].Value)
        .Where(path => !Path.Exists(Path.Combine(Solution.Root, path)));

    [GeneratedRegex("`((?:services|web|gateway|tests|docs|k8s)/[A-Za-z0-9_./-]+)`")]
    private static partial Regex PathInBackticks();

    [GeneratedRegex("`([A-Z][A-Za-z]+/[A-Za-z0-9_./-]+[.](?:cs|json))`")]
    private static partial Regex FileInBackticks();
}

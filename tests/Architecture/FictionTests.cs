using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Recruitment.Architecture.Tests;

/// <summary>No real organisation appears in the demonstration, in tests or in documents.</summary>
public sealed class FictionTests
{
    /// <summary>First 16 hexadecimal digits of SHA-256 over the names of published facility lists, letters and digits only.</summary>
    private static readonly HashSet<string> Published =
        [.. File.ReadLines(Path.Combine(Solution.Root, "tests/Architecture/published-facility-names.sha256"))];

    private const string Loaded = "services/AllInOne/Demonstration";

    [Fact]
    public void No_demonstration_name_is_that_of_a_published_facility() => Assert.DoesNotContain(DemonstrationNames(), IsPublished);

    [Fact]
    public void The_demonstration_has_names_to_check() => Assert.True(DemonstrationNames().Count() > 25);

    [Fact]
    public void A_published_name_is_found_whatever_its_spacing_and_case()
    {
        Published.Add(Hash(Normalised("Example Mill No. 1 Ltd.")));

        Assert.True(IsPublished("EXAMPLE MILL no 1, LTD"));
    }

    private static IEnumerable<string> DemonstrationNames()
    {
        using var scenario = JsonDocument.Parse(File.ReadAllText(Path.Combine(Solution.Root, Loaded, "scenario.json")));
        foreach (var party in scenario.RootElement.GetProperty("parties").EnumerateArray()) yield return party.GetProperty("name").GetString()!;
        foreach (var site in scenario.RootElement.GetProperty("supplier").GetProperty("sites").EnumerateArray()) yield return site.GetProperty("name").GetString()!;
        foreach (var list in Directory.EnumerateFiles(Path.Combine(Solution.Root, Loaded), "*.csv").Append(Path.Combine(Solution.Root, "docs/demonstration/supplier-list.csv")))
        {
            var lines = File.ReadLines(list).Select(l => l.Split(',')).ToList();
            var column = Array.FindIndex(lines[0], c => c is "Name" or "Factory name");
            foreach (var name in lines.Skip(1).Select(l => l[column]).Where(n => n.Length > 0)) yield return name;
        }
    }

    private static bool IsPublished(string name) => Published.Contains(Hash(Normalised(name)));

    private static string Normalised(string name) => string.Concat(name.Normalize(NormalizationForm.FormKD).ToLower(CultureInfo.InvariantCulture).Where(char.IsLetterOrDigit));

    private static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16];
}

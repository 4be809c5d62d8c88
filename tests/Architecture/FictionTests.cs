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

    [Fact]
    public void No_demonstration_name_is_that_of_a_published_facility() => Assert.DoesNotContain(DemonstrationNames(), IsPublished);

    [Fact]
    public void The_demonstration_has_names_to_check() => Assert.True(DemonstrationNames().Count() > 15);

    [Fact]
    public void A_published_name_is_found_whatever_its_spacing_and_case()
    {
        Published.Add(Hash(Normalised("Example Mill No. 1 Ltd.")));

        Assert.True(IsPublished("EXAMPLE MILL no 1, LTD"));
    }

    private static IEnumerable<string> DemonstrationNames()
    {
        using var parties = JsonDocument.Parse(File.ReadAllText(Path.Combine(Solution.Root, "services/AllInOne/Demonstration/parties.json")));
        foreach (var party in parties.RootElement.GetProperty("parties").EnumerateArray()) yield return party.GetProperty("name").GetString()!;
        foreach (var line in File.ReadLines(Path.Combine(Solution.Root, "docs/demonstration/supplier-list.csv")).Skip(1))
        {
            var name = line.Split(',')[1];
            if (name.Length > 0) yield return name;
        }
    }

    private static bool IsPublished(string name) => Published.Contains(Hash(Normalised(name)));

    private static string Normalised(string name) => string.Concat(name.Normalize(NormalizationForm.FormKD).ToLower(CultureInfo.InvariantCulture).Where(char.IsLetterOrDigit));

    private static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16];
}

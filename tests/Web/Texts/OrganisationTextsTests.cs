using System.Text.Json;
using System.Text.RegularExpressions;
using Recruitment.Testing;

namespace Recruitment.Web.Tests.Texts;

public sealed partial class OrganisationTextsTests
{
    [Fact]
    public void Both_languages_have_the_same_keys_and_the_same_places_for_what_is_filled_in()
    {
        var (english, thai) = (Read("en"), Read("th"));

        Assert.Equal(english.Keys, thai.Keys);
        foreach (var (key, wording) in thai)
        {
            Assert.Equal(Places().Matches(english[key]).Select(m => m.Value), Places().Matches(wording).Select(m => m.Value));
            Assert.True(wording.Any(c => c is >= '\u0E00' and <= '\u0E7F'), key);
        }
    }

    /// <summary>A key that a page names and no file has would stand on the page as it is.</summary>
    [Fact]
    public void Every_wording_that_a_page_asks_for_by_name_is_there()
    {
        var english = Read("en");
        var asked = Files("web/Pages", "*.cshtml*").Where(f => f.Contains("/Organisation/", StringComparison.Ordinal) || f.Contains("/Ownership/", StringComparison.Ordinal)).SelectMany(f => Asked().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).ToList();

        Assert.Contains("invite.make", asked);
        Assert.DoesNotContain(asked, key => !english.ContainsKey(key));
    }

    private static Dictionary<string, string> Read(string language) => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Files("web/Texts/organisation", $"{language}.json").Single()))!;

    private static IEnumerable<string> Files(string folder, string pattern)
    {
        return Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories);
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Places();

    [GeneratedRegex("\\bT\\(\"([a-z.-]+)\"")]
    private static partial Regex Asked();
}

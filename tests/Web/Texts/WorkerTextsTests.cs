using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recruitment.Web.Tests.Texts;

public sealed partial class WorkerTextsTests
{
    // First and last letter of the script that each language is written in.
    public static TheoryData<string, char, char> Scripts => new()
    {
        { "th", '\u0E00', '\u0E7F' }, { "my", '\u1000', '\u109F' }, { "km", '\u1780', '\u17FF' }, { "lo", '\u0E80', '\u0EFF' },
    };

    private static readonly string[] Forbidden =
        ["IRIS certified", "approved by IOM", "compliant", "slave-free", "free of forced labour", "safe agency", "confirmed victim"];

    [Theory, InlineData("th"), InlineData("my"), InlineData("km"), InlineData("lo"), InlineData("vi")]
    public void A_language_has_every_key_and_no_other(string language) =>
        Assert.Equal(Read("en").Keys.Order(StringComparer.Ordinal), Read(language).Keys.Order(StringComparer.Ordinal));

    [Theory, InlineData("en"), InlineData("th"), InlineData("my"), InlineData("km"), InlineData("lo"), InlineData("vi")]
    public void No_wording_is_empty_or_marked_up_or_holds_a_forbidden_phrase(string language)
    {
        foreach (var (key, wording) in Read(language))
        {
            Assert.False(string.IsNullOrWhiteSpace(wording), key);
            Assert.DoesNotContain('<', wording);
            Assert.DoesNotContain(Forbidden, phrase => wording.Contains(phrase, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory, InlineData("th"), InlineData("my"), InlineData("km"), InlineData("lo"), InlineData("vi")]
    public void Numbers_and_placeholders_are_those_of_the_English_wording(string language)
    {
        var english = Read("en");
        foreach (var (key, wording) in Read(language)) Assert.Equal(Fixed(english[key]), Fixed(wording));
    }

    [Theory, MemberData(nameof(Scripts))]
    public void A_wording_is_in_its_own_script_without_Latin_left_over(string language, char first, char last)
    {
        foreach (var (key, wording) in Read(language))
        {
            Assert.True(wording.Any(c => c >= first && c <= last), key);
            Assert.False(Latin().IsMatch(Parts().Replace(wording, "")), $"{key}: {wording}");
        }
    }

    /// <summary>Private-use and Zawgyi-only characters would show as boxes on most phones.</summary>
    [Fact]
    public void Burmese_is_Unicode()
    {
        foreach (var (key, wording) in Read("my"))
        {
            Assert.DoesNotContain(wording, c => c is >= '\u1060' and <= '\u109D' or >= '\uE000' and <= '\uF8FF');
            // In Unicode the vowel sign E follows its consonant; Zawgyi wrote it first.
            Assert.False(SignBeforeItsLetter().IsMatch(wording), key);
        }
    }

    [Fact]
    public void Vietnamese_is_composed_and_differs_from_English()
    {
        var english = Read("en");
        foreach (var (key, wording) in Read("vi"))
        {
            Assert.True(wording.IsNormalized(), key);
            Assert.NotEqual(english[key], wording);
        }
    }

    private static string Fixed(string wording) =>
        string.Join(' ', Parts().Matches(wording).Select(m => m.Value.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    private static Dictionary<string, string> Read(string language, [CallerFilePath] string here = "") =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(
            Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "web", "Texts", "workers", $"{language}.json")))!;

    [GeneratedRegex("[A-Za-z]")]
    private static partial Regex Latin();

    [GeneratedRegex(@"\{\w+\}|\d+(?:[.,]\d{3})*")]
    private static partial Regex Parts();

    [GeneratedRegex("(^|[ ။၊])\u1031")]
    private static partial Regex SignBeforeItsLetter();
}

using System.Text.RegularExpressions;
using Recruitment.Testing;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Tests.SignIn;

/// <summary>What of a form is shown when its page cannot be: held against the pages that people sign in to.</summary>
public sealed partial class FormFieldsTests
{
    [Fact]
    public void No_hidden_field_and_no_button_of_any_page_is_shown_as_something_that_was_filled_in()
    {
        var names = Pages().SelectMany(p => HiddenField().Matches(p).Concat(Button().Matches(p))).Select(m => m.Groups[1].Value).Where(n => !n.StartsWith('@')).Distinct().ToList();

        Assert.Contains("Once.Version", names);
        Assert.Contains("criterion", names);
        Assert.DoesNotContain(names, n => !FormFields.IsForMachines(n));
    }

    [Fact]
    public void Nothing_that_is_typed_on_any_page_is_left_out()
    {
        var typed = Pages().SelectMany(p => Typed().Matches(p)).Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.Contains("summary", typed);
        Assert.DoesNotContain(typed, FormFields.IsForMachines);
    }

    [Theory]
    [InlineData("proof-B2", "Proof that B2 is put right")]
    [InlineData("note-A1-01", "Note (A1-01)")]
    [InlineData("Lines[0].Nationality", "Row 1, nationality")]
    [InlineData("Lines[11].female", "Row 12, female")]
    [InlineData("summary", "Summary")]
    [InlineData("RegistrationNumber", "Registration number")]
    [InlineData("SomethingNew", null)]
    [InlineData("keep-0f3a", null)]
    public void A_field_has_the_name_it_has_on_its_page_or_none(string name, string? label) => Assert.Equal(label, FormFields.Label(name));

    [Theory]
    [InlineData("reason", "system_not_maintained", "System not kept up")]
    [InlineData("reason", "The licence_no is missing.", "The licence_no is missing.")]
    [InlineData("grade-A1", "not_verified", "not verified")]
    [InlineData("level-A1", "several_sources", "several sources")]
    [InlineData("value-A1-01", "not", "no")]
    [InlineData("hasConflict", "true", "Yes, and I step back")]
    [InlineData("outcome", "refused", "refused")]
    [InlineData("text-A1", "not_verified", "not_verified")]
    public void What_was_chosen_is_said_in_words_and_what_was_typed_as_it_was_typed(string name, string value, string said) =>
        Assert.Equal(said, Assert.Single(FormFields.Written([(name, value), ("confirmed", "true"), ("body", "0195a000-0000-7000-8000-0000000000bb"), ("_x", "y"), ("Password", "secret")])).Text);

    private static IEnumerable<string> Pages()
    {
        var pages = Path.Combine(Repository.Root, "web", "Pages");
        return Directory.EnumerateFiles(pages, "*.cshtml", SearchOption.AllDirectories).Where(p => !p.StartsWith(Path.Combine(pages, "Workers"), StringComparison.Ordinal)).Select(File.ReadAllText);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\"")]
    private static partial Regex HiddenField();

    [GeneratedRegex("<button[^>]*? name=\"([^\"]+)\"")]
    private static partial Regex Button();

    [GeneratedRegex("<(?:textarea|input(?! type=\"(?:hidden|radio|checkbox)\"))[^>]*? name=\"([^\"@]+)")]
    private static partial Regex Typed();
}

using Recruitment.Web.Pages.Workers;

namespace Recruitment.Web.Tests.Workers;

public sealed class WorkerTextsTests
{
    public static TheoryData<string> Languages => [.. WorkerTexts.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_has_every_text(string language) =>
        Assert.Equal(WorkerTexts.All("en").Select(w => w.Key).Order(StringComparer.Ordinal), WorkerTexts.All(language).Select(w => w.Key).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_number_of_others_stands_in_one_text_and_no_text_has_a_number_of_its_own_for_it(string language)
    {
        Assert.Equal(["consent.use_anonymised_for_stats"], WorkerTexts.All(language).Where(w => w.Text.Contains('{', StringComparison.Ordinal)).Select(w => w.Key));
        Assert.DoesNotContain(WorkerTexts.Of(language, "consent.use_anonymised_for_stats"), char.IsDigit);
    }

    /// <summary>In the mailbox only the counting has a button; for what else she allowed she writes again.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void How_a_choice_is_taken_back_is_said_with_the_word_of_the_button_that_does_it(string language)
    {
        var button = WorkerTexts.Of(language, "mailbox.write").Replace("မည်", "", StringComparison.Ordinal); // the ending of "I will" in Burmese

        Assert.Contains(button, WorkerTexts.Of(language, "consent.hint"), StringComparison.OrdinalIgnoreCase);
    }
}

using Recruitment.Web.Pages.Workers;

namespace Recruitment.Web.Tests.Workers;

public sealed class WorkerTextsTests
{
    public static TheoryData<string> Languages => [.. WorkerTexts.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_has_every_text(string language) =>
        Assert.Equal(WorkerTexts.KeysOf("en").Order(StringComparer.Ordinal), WorkerTexts.KeysOf(language).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_number_of_others_stands_in_one_text_and_no_text_has_a_number_of_its_own_for_it(string language)
    {
        Assert.Equal(["consent.use_anonymised_for_stats"], WorkerTexts.KeysOf(language).Where(k => WorkerTexts.Of(language, k).Contains('{', StringComparison.Ordinal)));
        Assert.DoesNotContain(WorkerTexts.Of(language, "consent.use_anonymised_for_stats"), char.IsDigit);
    }
}

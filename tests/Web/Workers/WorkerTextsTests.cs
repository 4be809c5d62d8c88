using Recruitment.Web.Pages.Workers;

namespace Recruitment.Web.Tests.Workers;

public sealed class WorkerTextsTests
{
    public static TheoryData<string> Languages => [.. WorkerTexts.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_has_every_text(string language) =>
        Assert.Equal(WorkerTexts.KeysOf("en").Order(StringComparer.Ordinal), WorkerTexts.KeysOf(language).Order(StringComparer.Ordinal));
}

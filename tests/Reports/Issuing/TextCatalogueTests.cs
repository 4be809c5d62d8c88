using Recruitment.Reports.Issuing;

namespace Recruitment.Reports.Tests.Issuing;

public sealed class TextCatalogueTests
{
    internal static readonly string[] Forbidden =
        ["IRIS certified", "IRIS-certified", "approved by IOM", "compliant", "slave-free", "free of forced labour", "safe agency", "confirmed victim", "PDF/UA"];

    [Fact]
    public void No_text_claims_what_nobody_may_claim() => Assert.DoesNotContain(TextCatalogue.All(), t => Claims(t.Text));

    [Theory]
    [InlineData("This agency is IRIS Certified.")]
    [InlineData("A slave-free supply chain")]
    public void A_claim_is_found(string text) => Assert.True(Claims(text));

    [Fact]
    public void Every_language_has_every_text()
    {
        var english = TextCatalogue.All().Where(t => t.Language == "en").Select(t => t.Key).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(["en", "km", "lo", "my", "th", "vi"], TextCatalogue.Codes.Order(StringComparer.Ordinal));
        Assert.All(TextCatalogue.Codes, code => Assert.Equal(english, TextCatalogue.All().Where(t => t.Language == code).Select(t => t.Key).Order(StringComparer.Ordinal)));
    }

    internal static bool Claims(string text) => Forbidden.Any(f => text.Contains(f, StringComparison.OrdinalIgnoreCase));
}

namespace Recruitment.EndToEnd.Tests.Demonstration;

/// <summary>The seeded cases are real cases: one too few, and a release holds nothing.</summary>
public sealed class SignalTests
{
    [Fact]
    public async Task Nine_cases_release_nothing_and_loading_the_tenth_makes_the_line()
    {
        var product = new Loaded(cases: 9);
        await using var _ = product;
        await product.InitializeAsync();

        await product.Release();
        Assert.Null(Loaded.VoiceIn(await product.Portfolio()));

        await product.Loader.Load(10, Loaded.Stop);
        Assert.Equal(10, (await product.OpenedCases()).Count);
        Assert.Null(Loaded.VoiceIn(await product.Portfolio()));

        await product.Release();
        await Recruitment.Testing.Wait.Until(async () => Loaded.VoiceIn(await product.Portfolio()) is not null, "ten cases were not released");
    }
}

using Recruitment.EndToEnd.Tests.Demonstration;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Recovery;

/// <summary>Read models are copies: thrown away, they come back from what the publishers publish again.</summary>
public sealed class RebuildTests
{
    [Fact]
    public async Task Estimates_and_register_rebuilt_from_nothing_are_those_of_before()
    {
        var product = new Loaded();
        await using var _ = product;
        await product.InitializeAsync();
        await product.Release();
        await Wait.Until(async () => Loaded.VoiceIn(await product.Portfolio()) is not null, "the cases were not released");
        var before = await Views.Of(product.Entrance, Loaded.Stop);

        await product.Running.Empty(["risk", "register"]);
        Assert.Equal(0, (await product.Portfolio()).GetProperty("items").GetArrayLength());
        await Views.Republish(product.Entrance, Loaded.Stop);

        await Views.Become(before, product.Entrance, Loaded.Stop);
    }
}

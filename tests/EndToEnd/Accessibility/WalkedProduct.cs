using Recruitment.EndToEnd.Tests.Browser;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Accessibility;

/// <summary>The product in one process after the seven steps, so that its pages hold something to read.</summary>
public sealed class WalkedProduct : IAsyncLifetime
{
    public Running Running { get; private set; } = null!;

    public Chromium Chromium { get; private set; } = null!;

    /// <summary>The address of the case that the walk filed, for its handler: other tests file more.</summary>
    public string Case { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Chromium = await Chromium.Start();
        Running = await Running.AsOneProcess();
        Case = await SevenSteps.Walk(Running, Chromium);
    }

    public async ValueTask DisposeAsync()
    {
        if (Running is not null) await Running.DisposeAsync();
        if (Chromium is not null) await Chromium.DisposeAsync();
    }
}

using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests;

/// <summary>One running product shared by the tests that leave nothing behind.</summary>
public sealed class OneProcess : IAsyncLifetime
{
    public Running Product { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Product = await Running.AsOneProcess();

    public ValueTask DisposeAsync() => Product.DisposeAsync();
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.Testing;

/// <summary>A business clock that stands; all else of the host goes by the machine's.</summary>
public static class HeldBusinessClock
{
    public static void HoldBusinessClock(this IServiceCollection services, DateTimeOffset now) =>
        services.AddSingleton(provider => new BusinessClock(new Held(now), provider.GetRequiredService<IOptions<PlatformOptions>>()));

    private sealed class Held(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

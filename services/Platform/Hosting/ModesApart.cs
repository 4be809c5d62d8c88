using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>What is invented and what is real never meet: of every program, the gateway too.</summary>
public static class ModesApart
{
    /// <summary>A demonstration stays on this machine, and everybody that this program was told of is in its mode. Needs <see cref="PlatformOptions"/>.</summary>
    public static void KeepModesApart(this IServiceCollection services)
    {
        services.AddHostedService<LoopbackOnlyInDemonstration>();
        services.AddHttpClient(SameModeAsPeers.ClientName);
        services.AddHostedService<SameModeAsPeers>();
    }
}

using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Recruitment.Platform;

/// <summary>Reads the issuer's keys again every half a minute, whether somebody asks for something or not: a key that the issuer retired stops to count soon, also where nobody came for hours.</summary>
internal sealed class FollowIssuer(IOptionsMonitor<JwtBearerOptions> bearer, IOptions<PlatformOptions> platform, TimeProvider time) : BackgroundService
{
    /// <summary>The library would go on to accept, for an hour, what the keys before the present ones had signed.</summary>
    public static void Strictly(JwtBearerOptions bearer)
    {
        if (bearer.ConfigurationManager is not BaseConfigurationManager issuer) return;
        issuer.UseLastKnownGoodConfiguration = false;
        // A token of a key that was made just now is refused until that has been read; so seldom may whoever sends such tokens make us read.
        issuer.RefreshInterval = TimeSpan.FromSeconds(1);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var every = new PeriodicTimer(TimeSpan.FromSeconds(platform.Value.IssuerReadEverySeconds), time);
        // The reading itself happens aside; what is known stays while the issuer is away.
        while (await every.WaitForNextTickAsync(stoppingToken)) bearer.Get(Access.Scheme).ConfigurationManager?.RequestRefresh();
    }
}

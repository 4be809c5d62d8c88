using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Recruitment.Platform;

/// <summary>Reads the issuer's keys again every half a minute, whether somebody asks for something or not: a key that the issuer retired stops to count soon, also where nobody came for hours.</summary>
/// <remarks>Whoever named a wrong address learns it from the log: the program is well, and refuses every token.</remarks>
internal sealed partial class FollowIssuer(IOptionsMonitor<JwtBearerOptions> bearer, IOptions<PlatformOptions> platform, TimeProvider time, IHostApplicationLifetime program, ILogger<FollowIssuer> log) : BackgroundService
{
    private string? said;

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
        await program.HasStarted(stoppingToken);
        using var every = new PeriodicTimer(TimeSpan.FromSeconds(platform.Value.IssuerReadEverySeconds), time);
        // The reading itself happens aside; what is known stays while the issuer is away.
        while (await every.WaitForNextTickAsync(stoppingToken))
        {
            if (bearer.Get(Access.Scheme) is not { ConfigurationManager: { } issuer } known) continue;
            issuer.RequestRefresh();
            Say(known.MetadataAddress, await WhatIsWrong(issuer, stoppingToken));
        }
    }

    /// <summary>Null while what is known is of our issuer.</summary>
    private async Task<string?> WhatIsWrong(IConfigurationManager<OpenIdConnectConfiguration> issuer, CancellationToken stop)
    {
        try
        {
            var found = (await issuer.GetConfigurationAsync(stop)).Issuer;
            return string.Equals(found?.TrimEnd('/'), platform.Value.Issuer.TrimEnd('/'), StringComparison.Ordinal) ? null
                : $"it speaks for the issuer {found}, and the setting Issuer is {platform.Value.Issuer}";
        }
        catch (Exception unread) when (unread is not OutOfMemoryException && !stop.IsCancellationRequested)
        {
            // Whatever it is: it is told by the log, and must not end a program that may read it the next time.
            return "nothing that could be read has come from there since the start";
        }
    }

    private void Say(string address, string? wrong)
    {
        if (wrong is not null && wrong != said) Unusable(log, address, wrong);
        said = wrong;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "No token can be accepted by what {Address} says: {Wrong}. Set right MetadataAddress or Issuer, or start Identity.")]
    private static partial void Unusable(ILogger log, string address, string wrong);
}

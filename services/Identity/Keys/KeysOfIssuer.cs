using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Recruitment.Platform;

namespace Recruitment.Identity.Keys;

/// <summary>What a host needs so that the issuer has keys.</summary>
internal static class KeysOfIssuer
{
    public static void AddKeys(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddOwnOptions<KeyOptions>("IssuerKeys")
            .Validate(o => o.IsValid, "IssuerKeys: UsedForDays must be 1 to 365, PublishedBeforeHours 1 to 720 and shorter than that, LookedAtEverySeconds 1 to 60.").ValidateOnStart();
        services.AddMarkedSecret<IdentityDb>(KeepKeys.Secret, (db, stop) => db.Keys.AnyAsync(k => k.Sealed != null, stop));
        services.AddSingleton<KeyRing>();
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider => provider.GetRequiredService<KeyRing>());
        services.AddSingleton<KeepKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<KeepKeys>());
    }
}

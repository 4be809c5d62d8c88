using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.EntityFrameworkCore.Models;

namespace Recruitment.Identity.Clients;

/// <summary>OpenIddict's clients, but that a secret which we made ourselves is checked in a microsecond and not by many rounds, which only a guessable one needs (docs/adr/0024).</summary>
internal sealed class ClientsWithFastSecrets(
    IOpenIddictApplicationCache<OpenIddictEntityFrameworkCoreApplication> cache, ILogger<OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options, IOpenIddictApplicationStore<OpenIddictEntityFrameworkCoreApplication> store, TimeProvider time)
    : OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>(cache, logger, options, store)
{
    protected override ValueTask<string> ObfuscateClientSecretAsync(string secret, CancellationToken cancellationToken = default) =>
        ClientSecret.IsOurs(secret) ? new(ClientSecret.Hash(secret)) : base.ObfuscateClientSecretAsync(secret, cancellationToken);

    protected override ValueTask<bool> ValidateClientSecretAsync(string secret, string comparand, CancellationToken cancellationToken = default) =>
        ClientSecret.IsOurHash(comparand) ? new(ClientSecret.Opens(secret, comparand, time.GetUtcNow())) : base.ValidateClientSecretAsync(secret, comparand, cancellationToken);
}

using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using Recruitment.Identity.Demonstration;
using Recruitment.Platform;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Recruitment.Identity.Clients;

/// <summary>Registers our own clients at start: the web, the services, and in a demonstration one machine per role.</summary>
internal sealed class RegisterClients(IServiceScopeFactory scopes, IOptions<PlatformOptions> options, Secrets secrets) : IHostedService
{
    /// <summary>Our own web: the one client with whose tokens people act here, and the one that asks nobody for consent.</summary>
    public const string WebClient = "web";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        // Replicas that start together would each find a client missing, or as it was, and write it.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await OneAtATime.Wait(db, nameof(RegisterClients), cancellationToken);
        await RegisterAll(applications, db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RegisterAll(IOpenIddictApplicationManager applications, IdentityDb db, CancellationToken stop)
    {
        await Register(applications, Web(), stop);
        await RegisterMachine(applications, db, new MachineClient { ClientId = "service", Role = Roles.Service }, secrets.Get("service-client"), stop);
        if (!options.Value.IsDemonstration) return;

        foreach (var machine in DemonstrationPeople.Read().Machines)
            await RegisterMachine(applications, db, machine, secrets.Get("demo-client"), stop);
    }

    private OpenIddictApplicationDescriptor Web()
    {
        var issuer = options.Value.Issuer.TrimEnd('/');
        return new OpenIddictApplicationDescriptor
        {
            ClientId = WebClient,
            ClientSecret = secrets.Get("web-client"),
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Implicit,
            RedirectUris = { new Uri($"{issuer}/sign-in/callback") },
            PostLogoutRedirectUris = { new Uri($"{issuer}/sign-out/callback") },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession,
                Permissions.Endpoints.Introspection, Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
                Permissions.Scopes.Profile, Permissions.Prefixes.Scope + "api",
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
    }

    private static async Task RegisterMachine(
        IOpenIddictApplicationManager applications, IdentityDb db, MachineClient machine, string secret, CancellationToken stop)
    {
        await Register(applications, new OpenIddictApplicationDescriptor
        {
            ClientId = machine.ClientId,
            ClientSecret = secret,
            ClientType = ClientTypes.Confidential,
            Permissions =
            {
                Permissions.Endpoints.Token, Permissions.Endpoints.Introspection, Permissions.Endpoints.Revocation, Permissions.GrantTypes.ClientCredentials,
                Permissions.Prefixes.Scope + MachineScopes.Api, Permissions.Prefixes.Scope + MachineScopes.Api + MachineScopes.Read,
            },
        }, stop);
        if (await db.Machines.FindAsync([machine.ClientId], stop) is null)
        {
            db.Machines.Add(machine);
            await db.SaveChangesAsync(stop);
        }
    }

    /// <summary>Made or brought up to date, so that a changed address or secret takes effect at the next start.</summary>
    private static async Task Register(IOpenIddictApplicationManager applications, OpenIddictApplicationDescriptor wanted, CancellationToken stop)
    {
        if (await applications.FindByClientIdAsync(wanted.ClientId!, stop) is { } existing) await applications.UpdateAsync(existing, wanted, stop);
        else await applications.CreateAsync(wanted, stop);
    }
}

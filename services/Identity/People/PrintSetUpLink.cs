using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>In operation mode with nobody in it yet: prints a link, good for an hour, that makes the first administrator.</summary>
/// <remarks>Each replica prints its own, and each start another: whoever reads any of them can begin. The first that is used ends them all (<see cref="FirstAdministrator"/>).</remarks>
internal sealed class PrintSetUpLink(IServiceScopeFactory scopes, IOptions<PlatformOptions> options, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Valid = TimeSpan.FromHours(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.IsDemonstration) return;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await FirstAdministrator.IsMissing(db, cancellationToken))
        {
            Console.WriteLine("Set-up done: there is an administrator.");
            return;
        }

        var (link, token) = OneTimeLink.New(Guid.CreateVersion7(), PartyKinds.Operator, Roles.Administrator, time.GetUtcNow().UtcDateTime + Valid);
        db.Links.Add(link);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        // To the console and not to the log: a log travels.
        Console.WriteLine($"Set-up link: {options.Value.Issuer.TrimEnd('/')}/identity/set-up?token={token}");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

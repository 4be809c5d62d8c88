using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Recruitment.Platform;

/// <summary>
/// A database remembers with which secrets it was begun. A replica with another seals what nobody else can open and opens nothing of theirs, and takes a report that comes again for a
/// new one: it does not start (<see cref="NeededSecret{TDb}"/>).
/// </summary>
/// <remarks>
/// A database without marks, new or of a release before them, gets them from the first that starts. After everything that can refuse this start, for a mark outlives it. A backup has
/// the marks of the secrets that it must be restored with.
/// </remarks>
internal sealed class KeepSecretMarks<TDb>(IServiceScopeFactory scopes, Secrets secrets, IEnumerable<NeededSecret<TDb>> needed) : IHostedService
    where TDb : ServiceDb
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        foreach (var secret in needed.Where(s => s.IsMarked))
        {
            await Mark.Keep(db, secret.Name, NeededSecrets.MarkOf(secret.Name, secrets), cancellationToken);
            // Of two that begin together with different ones, the other has kept its own.
            await secret.Check(db, secrets, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using System.Security.Cryptography;
using System.Text;

namespace Recruitment.Grievances;

/// <summary>
/// Which secrets this database was begun with. A replica with another, or with none where one would be made, finds no case by its receipt, takes a report that comes again for a new
/// one, and sees no conflict: it does not start.
/// </summary>
/// <remarks>
/// A mark is an HMAC under the secret, which is 32 random bytes, of its own name: it tells nothing of it. A database without marks, new or of a release before them, gets them
/// from the first that starts; what it holds by then is asked for by <see cref="NeededSecrets"/>. A backup has the marks of the secrets that it must be restored with.
/// </remarks>
internal sealed class SecretMarks(IServiceScopeFactory scopes, Secrets secrets) : IHostedLifecycleService
{
    private static readonly string[] Names = ["receipt-pepper", "party-pepper", "release-key"];

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GrievancesDb>();
        // All of them before any is made.
        foreach (var name in Names)
        {
            if (!secrets.IsThere(name) && await Mark.Of(db, name, cancellationToken) is not null) throw new InvalidOperationException(NeededSecrets.Missing(name));
        }
        foreach (var name in Names)
        {
            var mine = Of(name);
            await Mark.Keep(db, name, mine, cancellationToken);
            if (await Mark.Of(db, name, cancellationToken) != mine)
            {
                throw new InvalidOperationException(
                    $"'Secrets:{name}' is another one than this database was begun with: give the one that every other replica has, or bring its file back from where you keep secrets; docs/operations.md says what to do when there is none.");
            }
        }
    }

    private string Of(string name) => Convert.ToHexStringLower(HMACSHA256.HashData(secrets.GetKey(name), Encoding.UTF8.GetBytes($"mark of a database\n{name}")));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

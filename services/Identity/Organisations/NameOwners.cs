using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>At start: in an organisation from before there were owners, whoever belongs to it longest becomes one. Twice is once.</summary>
internal sealed class NameOwners(IServiceScopeFactory scopes, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, cancellationToken);
        var open = await db.Memberships.Open(now).Where(m => m.Until == null).ToListAsync(cancellationToken);
        foreach (var party in open.GroupBy(m => m.PartyId).Where(p => !p.Any(m => m.Role == Roles.Owner)))
        {
            // Of the operator the administrator, who did until now what an owner does.
            var first = party.OrderByDescending(m => m.Role == Roles.Administrator).ThenBy(m => m.From).ThenBy(m => m.Id).First();
            db.Memberships.Add(Membership.Open(first.PersonId, first.PartyId, first.Kind, Roles.Owner, now, null));
        }
        await db.SaveChangesAsync(cancellationToken);
        await together!.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

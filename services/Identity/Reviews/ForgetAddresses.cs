using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.Reviews;

/// <summary>Due work, once a day: forgets the addresses on links and requests that have run out.</summary>
internal sealed class ForgetAddresses(IdentityDb db, TimeProvider time) : IDueWork
{
    public const string Kind = "forget-invited-addresses";

    public async Task<DateTime?> Do(string subject, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await db.Links.Where(l => l.ExpiresAt < now && l.Email != null).ExecuteUpdateAsync(set => set.SetProperty(l => l.Email, (string?)null), stop);
        await db.RoleRequests.Where(r => r.ExpiresAt < now && r.Email != null).ExecuteUpdateAsync(set => set.SetProperty(r => r.Email, (string?)null), stop);
        return now.AddDays(1);
    }
}

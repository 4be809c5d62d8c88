using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>Whoever joins first: of one installation there is one, however many set-up links its replicas have printed.</summary>
internal static class FirstAdministrator
{
    /// <summary>Whether nobody has joined yet; until the end of this transaction nobody becomes an administrator, and no set-up link is made.</summary>
    public static async Task<bool> IsMissing(IdentityDb db, CancellationToken stop)
    {
        await OneAtATime.Wait(db, nameof(FirstAdministrator), stop);
        return !await db.People.AnyAsync(stop);
    }

    /// <summary>Nobody was there who could have invited an administrator: every link for one was printed, and would make another first administrator of another operator.</summary>
    public static Task EndOtherLinks(IdentityDb db, DateTime now, CancellationToken stop) =>
        db.Links.Where(l => l.Role == Roles.Administrator && l.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), stop);
}

using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Recoveries;

/// <summary>What the operator decides about somebody's account stands in the trail of every organisation that the account opens.</summary>
internal static class AuditedRecovery
{
    public static async Task Audit(this Recovery recovery, IdentityDb db, DateTime now, CancellationToken stop)
    {
        db.AuditAbout($"{recovery.PersonId}");
        foreach (var party in await db.Memberships.Open(now).Where(m => m.PersonId == recovery.PersonId).Select(m => m.PartyId).Distinct().ToListAsync(stop)) db.AuditAlsoOf(party);
    }
}

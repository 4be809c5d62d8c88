using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Domains;
using Recruitment.Identity.People;
using Recruitment.Identity.RoleRequests;
using Recruitment.Platform;

namespace Recruitment.Identity.SingleSignOn;

/// <summary>Which provider signs in whoever has an address, and whether there is another way.</summary>
internal static class OwnProvider
{
    /// <summary>Null when nobody has proved the domain, or its organisation has no provider.</summary>
    public static async Task<OrganisationProvider?> Of(IdentityDb db, string address, CancellationToken stop)
    {
        if (EmailDomain.Of(address) is not { } domain) return null;
        return await db.Providers.AsNoTracking().SingleOrDefaultAsync(p => db.EmailDomains.Any(d => d.PartyId == p.PartyId && d.ProvedDomain == domain), stop);
    }

    /// <summary>Whether this person signs in at the organisation's provider and in no other way. Owners have both, for a day on which it is broken; roles that two give are opened by no provider.</summary>
    public static async Task<bool> IsForced(IdentityDb db, Guid person, string address, DateTime now, CancellationToken stop) =>
        await Of(db, address, stop) is { IsForced: true } provider
        && !await db.Memberships.Open(now).AnyAsync(m => m.PersonId == person && (m.PartyId != provider.PartyId || m.Role == Roles.Owner || FourEyes.Needed.Contains(m.Role)), stop);
}

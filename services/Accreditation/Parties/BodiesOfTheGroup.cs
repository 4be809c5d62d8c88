using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;

namespace Recruitment.Accreditation.Parties;

/// <summary>Which of many applications are with a body of the recruiter's own group: what <see cref="Independence"/> says of one, asked for a whole list at once.</summary>
internal static class BodiesOfTheGroup
{
    public static async Task<IReadOnlyList<Guid>> WithBodyOfTheGroup(this AccreditationDb db, IQueryable<Application> all, CancellationToken stop)
    {
        var asked = all.Where(a => a.AuditBodyPartyId != null).Select(a => new { a.Id, a.RecruiterPartyId, Body = a.StatusBodyPartyId ?? a.AuditBodyPartyId!.Value });
        var bodies = await asked.Select(a => a.Body).Distinct().ToListAsync(stop);
        var owners = await db.OwnersAbove(bodies, stop);
        var tops = bodies.ToDictionary(b => b, b => Independence.TopOf(b, owners));
        // Down from the few audit bodies, not up from the many recruiters.
        var members = await Members(db, [.. tops.Values.Distinct()], stop);
        var found = await asked.Where(a => members.Keys.Contains(a.RecruiterPartyId)).ToListAsync(stop);
        return [.. found.Where(a => members[a.RecruiterPartyId] == tops[a.Body]).Select(a => a.Id)];
    }

    /// <summary>Everybody whom these own, over any number of steps, and themselves: each with the one at the top.</summary>
    private static async Task<Dictionary<Guid, Guid>> Members(AccreditationDb db, List<Guid> tops, CancellationToken stop)
    {
        var members = tops.ToDictionary(t => t);
        var owners = tops;
        while (owners.Count > 0)
        {
            var owned = await db.Parties.AsNoTracking().Where(p => p.OwnerPartyId != null && owners.Contains(p.OwnerPartyId.Value)).Select(p => new { p.Id, Owner = p.OwnerPartyId!.Value }).ToListAsync(stop);
            owners = [.. owned.Where(p => members.TryAdd(p.Id, members[p.Owner])).Select(p => p.Id)];
        }
        return members;
    }
}

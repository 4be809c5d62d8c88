using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;

namespace Recruitment.Accreditation.Parties;

/// <summary>Which of many applications are with a body of the recruiter's own group: what <see cref="Independence"/> says of one, asked for a whole list at once.</summary>
internal static class BodiesOfTheGroup
{
    public static async Task<IReadOnlyList<Guid>> WithBodyOfTheGroup(this AccreditationDb db, IQueryable<Application> all, CancellationToken stop)
    {
        var asked = all.Where(a => a.AuditBodyPartyId != null).Select(a => new { a.Id, a.RecruiterPartyId, Body = a.StatusBodyPartyId ?? a.AuditBodyPartyId!.Value });
        var tops = await Tops(db, await asked.Select(a => a.Body).Distinct().ToListAsync(stop), stop);
        // Down from the few audit bodies, not up from the many recruiters.
        var members = await Members(db, [.. tops.Values.Distinct()], stop);
        var found = await asked.Where(a => members.Keys.Contains(a.RecruiterPartyId)).ToListAsync(stop);
        return [.. found.Where(a => members[a.RecruiterPartyId] == tops[a.Body]).Select(a => a.Id)];
    }

    /// <summary>For each body the owner above whom nobody is known.</summary>
    private static async Task<Dictionary<Guid, Guid>> Tops(AccreditationDb db, List<Guid> bodies, CancellationToken stop)
    {
        var tops = bodies.ToDictionary(b => b);
        for (var step = 0; step < Independence.Steps; step++)
        {
            var reached = tops.Values.Distinct().ToList();
            var owners = await db.Parties.AsNoTracking().Where(p => reached.Contains(p.Id) && p.OwnerPartyId != null).ToDictionaryAsync(p => p.Id, p => p.OwnerPartyId!.Value, stop);
            if (owners.Count == 0) break;
            foreach (var body in bodies) tops[body] = owners.GetValueOrDefault(tops[body], tops[body]);
        }
        return tops;
    }

    /// <summary>Everybody whom these own, over any number of steps, and themselves: each with the one at the top.</summary>
    private static async Task<Dictionary<Guid, Guid>> Members(AccreditationDb db, List<Guid> tops, CancellationToken stop)
    {
        var members = tops.ToDictionary(t => t);
        var owners = tops;
        for (var step = 0; step < Independence.Steps && owners.Count > 0; step++)
        {
            var owned = await db.Parties.AsNoTracking().Where(p => p.OwnerPartyId != null && owners.Contains(p.OwnerPartyId.Value)).Select(p => new { p.Id, Owner = p.OwnerPartyId!.Value }).ToListAsync(stop);
            owners = [.. owned.Where(p => members.TryAdd(p.Id, members[p.Owner])).Select(p => p.Id)];
        }
        return members;
    }
}

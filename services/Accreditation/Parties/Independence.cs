using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Parties;

/// <summary>An audit body says nothing about a recruiter of its own group: asked when a body is chosen and again whenever it records, closes, decides or changes a status, for ownership changes.</summary>
internal static class Independence
{
    public static async Task RequireIndependent(this AccreditationDb db, Guid body, Guid recruiter, CancellationToken stop)
    {
        if (await db.AreOneGroup(body, recruiter, stop)) throw OfTheGroup();
    }

    public static async Task<bool> AreOneGroup(this AccreditationDb db, Guid body, Guid recruiter, CancellationToken stop)
    {
        var owners = await db.OwnersAbove([body, recruiter], stop);
        return TopOf(body, owners) == TopOf(recruiter, owners);
    }

    /// <summary>What stands against the caller's decision, persons and owners alike; null when nothing does. Whoever may not decide need not read either.</summary>
    public static async Task<BrokenRuleException?> AgainstDeciding(this AccreditationDb db, Application application, Caller caller, CancellationToken stop) =>
        application.AgainstDeciding(caller.Subject, caller.Party) ?? (await db.AreOneGroup(caller.Party, application.RecruiterPartyId, stop) ? OfTheGroup() : null);

    private static BrokenRuleException OfTheGroup() =>
        new("audit-body-of-the-group", "This audit body and the recruiter belong to the same group of owners. The scheme manager names another body.");

    /// <summary>The owner above whom nobody is known; of owners who own each other in a circle the same one, from wherever it is asked.</summary>
    public static Guid TopOf(Guid party, IReadOnlyDictionary<Guid, Guid> owners)
    {
        List<Guid> way = [party];
        while (owners.TryGetValue(way[^1], out var owner))
        {
            if (way.IndexOf(owner) is >= 0 and var from) return way.Skip(from).Min();
            way.Add(owner);
        }
        return way[^1];
    }

    /// <summary>Who owns these, who owns those, and so on.</summary>
    public static async Task<Dictionary<Guid, Guid>> OwnersAbove(this AccreditationDb db, IReadOnlyCollection<Guid> parties, CancellationToken stop)
    {
        var (owners, asked, next) = (new Dictionary<Guid, Guid>(), parties.ToHashSet(), parties.ToList());
        while (next.Count > 0)
        {
            var found = await db.Parties.AsNoTracking().Where(p => next.Contains(p.Id) && p.OwnerPartyId != null).Select(p => new { p.Id, Owner = p.OwnerPartyId!.Value }).ToListAsync(stop);
            foreach (var party in found) owners[party.Id] = party.Owner;
            next = [.. found.Select(p => p.Owner).Where(asked.Add)];
        }
        return owners;
    }
}

using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Parties;

/// <summary>An audit body says nothing about a recruiter of its own group: asked when a body is chosen and again whenever it records, closes, decides or changes a status, for ownership changes.</summary>
internal static class Independence
{
    /// <summary>As far up as owners are known, and no further: a circle of owners must not be walked for ever.</summary>
    public const int Steps = 20;

    public static async Task RequireIndependent(this AccreditationDb db, Guid body, Guid recruiter, CancellationToken stop)
    {
        if (await db.AreOneGroup(body, recruiter, stop)) throw OfTheGroup();
    }

    public static async Task<bool> AreOneGroup(this AccreditationDb db, Guid body, Guid recruiter, CancellationToken stop) =>
        await Top(db, body, stop) == await Top(db, recruiter, stop);

    /// <summary>What stands against the caller's decision, persons and owners alike; null when nothing does. Whoever may not decide need not read either.</summary>
    public static async Task<BrokenRuleException?> AgainstDeciding(this AccreditationDb db, Application application, Caller caller, CancellationToken stop) =>
        application.AgainstDeciding(caller.Subject, caller.Party) ?? (await db.AreOneGroup(caller.Party, application.RecruiterPartyId, stop) ? OfTheGroup() : null);

    private static BrokenRuleException OfTheGroup() =>
        new("audit-body-of-the-group", "This audit body and the recruiter belong to the same group of owners. The scheme manager names another body.");

    private static async Task<Guid> Top(AccreditationDb db, Guid party, CancellationToken stop)
    {
        for (var step = 0; step < Steps; step++)
        {
            var owner = await db.Parties.Where(p => p.Id == party).Select(p => p.OwnerPartyId).SingleOrDefaultAsync(stop);
            if (owner is null) break;
            party = owner.Value;
        }
        return party;
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Reviews;

/// <summary>Due work, once a day: opens the review of access of every organisation whose last one, or whose first member, is a year back.</summary>
internal sealed class OpenReviews(IdentityDb db, IOptions<OrganisationsOptions> options, TimeProvider time) : IDueWork
{
    public const string Kind = "open-access-reviews";

    public async Task<DateTime?> Do(string subject, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await OneAtATime.Wait(db, nameof(Members), stop);
        var before = now.AddDays(-options.Value.ReviewEveryDays);
        var due = await db.Memberships.Open(now).GroupBy(m => m.PartyId).Where(p => p.Min(m => m.From) <= before).Select(p => p.Key)
            .Where(p => !db.Reviews.Any(r => r.PartyId == p && (r.ClosedAt == null || r.OpenedAt > before))).ToListAsync(stop);
        foreach (var party in due) await Open(db, party, options.Value, now, stop);
        return now.AddDays(1);
    }

    /// <summary>Within a change of members: a line for every role that is open now, and for every program that gets in.</summary>
    public static async Task<AccessReview> Open(IdentityDb db, Guid party, OrganisationsOptions options, DateTime now, CancellationToken stop)
    {
        var memberships = await db.Memberships.Open(now).Where(m => m.PartyId == party).OrderBy(m => m.From).ThenBy(m => m.Id).ToListAsync(stop);
        var machines = await db.Machines.Where(m => m.PartyId == party && m.EndedAt == null && (m.ExpiresAt == null || m.ExpiresAt > now)).OrderBy(m => m.ClientId).Select(m => new { m.ClientId, m.Role }).ToListAsync(stop);
        var review = AccessReview.Open(party, memberships, machines.Select(m => (m.ClientId, m.Role)), now, TimeSpan.FromDays(options.ReviewWithinDays));
        db.Reviews.Add(review);
        return review;
    }
}

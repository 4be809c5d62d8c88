using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Accreditation;
using Recruitment.Platform;

namespace Recruitment.Register.Listings;

/// <summary>The register shows the newest public status and its whole history, however often and in whatever order messages arrive.</summary>
internal sealed class ListRecruiterWhenAccreditationChanged(RegisterDb db) : IConsumes<AccreditationChanged>
{
    private static readonly string[] Public = ["granted", "suspended", "withdrawn", "expired"];

    public async Task Consume(AccreditationChanged happened, CancellationToken stop)
    {
        // The publisher promises this already; a register that shows applicants would do harm, so it looks again.
        OnlyKnown.Status(happened.Status, Public);

        var listing = await db.Listings.Include(l => l.History).SingleOrDefaultAsync(l => l.Id == happened.AccreditationId, stop);
        if (listing is null) db.Listings.Add(listing = new Listing { Id = happened.AccreditationId });
        (listing.RecruiterId, listing.SchemeCode, listing.SchemeVersion) = (happened.RecruiterPartyId, happened.SchemeCode, happened.SchemeVersion);
        (listing.Status, listing.StatusReason, listing.Corridors) = (happened.Status, happened.StatusReason, [.. happened.Corridors]);
        (listing.DecidedOn, listing.ValidFrom, listing.ValidTo) = (happened.DecidedOn, happened.ValidFrom, happened.ValidTo);
        SetHistory(listing, [.. happened.History.Where(h => Public.Contains(h.Status))]);

        var recruiter = await db.RecruiterToChange(happened.RecruiterPartyId, stop);
        if (!recruiter.IsNamedByOwner) recruiter.Call(happened.RecruiterName, happened.Country);
        recruiter.IsListed = true;
        await db.Index(recruiter, stop);
    }

    private static void SetHistory(Listing listing, IReadOnlyList<AccreditationStatus> lines)
    {
        listing.History.RemoveAll(h => h.Number > lines.Count);
        for (var number = 1; number <= lines.Count; number++)
        {
            var line = listing.History.SingleOrDefault(h => h.Number == number);
            if (line is null) listing.History.Add(line = new HistoryLine { Number = number });
            (line.Status, line.On, line.Reason) = (lines[number - 1].Status, lines[number - 1].On, lines[number - 1].Reason);
        }
    }
}

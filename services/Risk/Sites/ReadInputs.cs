using Microsoft.EntityFrameworkCore;
using Recruitment.Risk.Scoring;

namespace Recruitment.Risk.Sites;

/// <summary>Gathers what the scores of some sites are made from, in a fixed number of queries.</summary>
internal sealed class ReadInputs(RiskDb db)
{
    public async Task<IReadOnlyList<SiteInputs>> Of(IReadOnlyCollection<Guid> siteIds, DateOnly day, CancellationToken stop)
    {
        var sites = await db.Sites.AsNoTracking().Where(s => siteIds.Contains(s.Id)).ToListAsync(stop);
        var answers = await db.SelfAssessments.AsNoTracking().Where(a => siteIds.Contains(a.SiteId)).ToDictionaryAsync(a => a.SiteId, stop);
        var links = (await db.Links.AsNoTracking().Where(l => siteIds.Contains(l.SiteId)).ToListAsync(stop)).Where(l => l.InUse(day)).ToLookup(l => l.SiteId);
        var recruiters = await Recruiters([.. links.SelectMany(l => l).Select(l => l.RecruiterPartyId).Distinct()], day, stop);

        return
        [
            .. sites.Select(site => new SiteInputs
            {
                SiteId = site.Id,
                Country = site.Country,
                Sector = site.Sector,
                WorkersTotal = site.WorkersTotal,
                Answers = answers.GetValueOrDefault(site.Id)?.Read(),
                AnsweredOn = answers.GetValueOrDefault(site.Id)?.AsOf,
                Recruiters = [.. links[site.Id].Select(l => l.RecruiterPartyId).Distinct().Order().Select(id => recruiters[id])],
            }),
        ];
    }

    private async Task<Dictionary<Guid, RecruiterInUse>> Recruiters(IReadOnlyCollection<Guid> ids, DateOnly day, CancellationToken stop)
    {
        var accreditations = (await db.Accreditations.AsNoTracking().Where(a => ids.Contains(a.RecruiterPartyId)).ToListAsync(stop)).ToLookup(a => a.RecruiterPartyId);
        var audits = (await db.Audits.AsNoTracking().Where(a => ids.Contains(a.RecruiterPartyId)).ToListAsync(stop)).ToLookup(a => a.RecruiterPartyId);
        return ids.ToDictionary(id => id, id =>
        {
            // Whoever lost a standing and was assessed anew stands by the newer decision, as in the register.
            var standing = accreditations[id].GroupBy(a => a.SchemeCode).Select(scheme => scheme.MaxBy(a => (a.DecidedOn, a.ValidFrom, a.Id))!)
                .Select(a => (Status: a.StatusOn(day), a.ValidFrom)).OrderBy(a => Place(a.Status)).ThenByDescending(a => a.ValidFrom).FirstOrDefault();
            return new RecruiterInUse(id, standing.Status ?? "none", standing.ValidFrom,
            [
                .. audits[id].OrderBy(a => a.Id).Select(a => new AuditOf(a.Id, a.AuditedOn,
                    [.. a.Read().Select(f => new FindingOf(f.Criterion, f.Topic, f.Grade, f.Status == "open"))])),
            ]);
        });
    }

    // Where several schemes speak, a standing that was taken away speaks loudest.
    private static int Place(string status) => status switch { "withdrawn" => 0, "suspended" => 1, "granted" => 2, "expired" => 3, _ => 4 };
}

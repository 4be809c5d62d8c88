using Recruitment.Risk.Editions;
using Recruitment.Risk.Scoring;
using Recruitment.Risk.Sites;

namespace Recruitment.Risk.Viewing;

/// <summary>Inputs and scores of sites as one reader may know them: in full where the supplier tells him, else from his own list and what is published.</summary>
internal sealed class ReadView(ReadInputs inputs, Ground ground)
{
    public async Task<IReadOnlyDictionary<Guid, (SiteInputs Inputs, SiteScore Score)>> Of(IReadOnlyCollection<SeenSite> sites, CancellationToken stop)
    {
        var now = ground.Now;
        var told = sites.Where(s => s.Told).Select(s => s.Id).ToList();
        var full = told.Count == 0 ? [] : await inputs.Of(told, now.Edition.AsOf, stop);
        var listed = sites.Where(s => !s.Told).Select(FromList);
        return full.Select(i => (Inputs: i, Score: now.Scorer.Score(i))).Concat(listed.Select(i => (Inputs: i, Score: now.ScoreListed(i)))).ToDictionary(v => v.Inputs.SiteId);
    }

    public static SiteInputs FromList(SeenSite site) => new() { SiteId = site.Id, Country = site.Country, Sector = site.Sector, WorkersTotal = site.WorkersTotal };
}

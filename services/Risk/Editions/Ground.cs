using System.Collections.Concurrent;
using Recruitment.Risk.Method;
using Recruitment.Risk.Reference;
using Recruitment.Risk.Scoring;

namespace Recruitment.Risk.Editions;

/// <summary>What every score of this process stands on, replaced as a whole: method, facts and the current edition.</summary>
internal sealed class Ground
{
    private volatile Standing? standing;

    public Standing Now => standing ?? throw new InvalidOperationException("A score was asked for before the first edition was opened.");

    public bool IsReady => standing is not null;

    public void Set(RiskMethod method, FactBook facts, ScoreEdition edition) => standing = new(method, facts, edition);

    internal sealed class Standing(RiskMethod method, FactBook facts, ScoreEdition edition)
    {
        public RiskMethod Method => method;
        public FactBook Facts => facts;
        public ScoreEdition Edition => edition;
        public PeerBook Peers { get; } = edition.ReadPeers();
        public Scorer Scorer { get; } = new(method, facts, edition.ReadPeers(), edition.AsOf);

        /// <summary>For what is made from a brand's list alone: no peers either, for among them may be what this very site told others.</summary>
        private readonly Scorer unshared = new(method, facts, PeerBook.None, edition.AsOf);
        private readonly ConcurrentDictionary<(string Country, string? Sector, bool Large), SiteScore> listed = new();

        /// <summary>The score of a site that tells this reader nothing. Sites of one country, sector and size have the same, so each is made once an edition.</summary>
        public SiteScore ScoreListed(SiteInputs site) => listed.GetOrAdd(
            (site.Country, site.Sector, site.WorkersTotal >= method.Scope.Workers), _ => unshared.Score(site))
            with
        { SiteId = site.SiteId };
    }
}

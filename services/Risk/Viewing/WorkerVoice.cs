using Microsoft.EntityFrameworkCore;
using Recruitment.Risk.Editions;
using Recruitment.Risk.Sites;

namespace Recruitment.Risk.Viewing;

/// <summary>One line about a subject: the period of the newest release that counts, and its points. No topic, no band, no number of cells.</summary>
internal sealed record VoiceLine(string Period, int Points);

/// <summary>Lays released signals over scores, for brands only, and for none that is or may be related to the accused.</summary>
/// <remarks>Nothing is stored: neither base scores, percentiles nor the change log can show what this adds.</remarks>
internal sealed class WorkerVoice(RiskDb db, Viewer viewer, Ground ground)
{
    /// <summary>So many subjects are asked for one by one; of a portfolio all its signals are read, which are fewer than its sites.</summary>
    private const int Few = 100;

    /// <summary>Lines by subject. Each subject comes with the organisation that is accused when a signal is about it.</summary>
    public async Task<IReadOnlyDictionary<Guid, VoiceLine>> About(string kind, IReadOnlyDictionary<Guid, Guid> subjects, CancellationToken stop)
    {
        if (!viewer.IsBrand) return new Dictionary<Guid, VoiceLine>();

        var asked = db.Signals.AsNoTracking().Where(s => s.SubjectKind == kind);
        if (subjects.Count <= Few)
        {
            var ids = subjects.Keys.ToList();
            asked = asked.Where(s => ids.Contains(s.SubjectId));
        }
        var touched = (await asked.ToListAsync(stop)).Where(s => subjects.ContainsKey(s.SubjectId)).ToList();
        if (touched.Count == 0) return new Dictionary<Guid, VoiceLine>();

        var groups = new OwnershipGroups(await db.Owners.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.OwnerPartyId, stop));
        var open = touched.Select(s => s.SubjectId).Distinct().Where(id => !groups.MayBeRelated(viewer.PartyId, subjects[id])).ToHashSet();
        return touched.Where(s => open.Contains(s.SubjectId)).Where(Counts).GroupBy(s => s.SubjectId).ToDictionary(g => g.Key, Line);
    }

    private VoiceLine Line(IEnumerable<Signal> signals) => new(
        signals.Max(s => s.Period)!, signals.Max(s => ground.Now.Method.WorkerVoice.Of(s.Band)));

    private bool Counts(Signal signal) =>
        Quarter(signal.Period) is { } quarter && QuarterOf(ground.Now.Edition.AsOf) - quarter < ground.Now.Method.WorkerVoice.Quarters;

    private static int QuarterOf(DateOnly day) => (day.Year * 4) + ((day.Month - 1) / 3);

    // "2026-Q4"; anything else is not counted rather than guessed.
    private static int? Quarter(string period) =>
        period.Length == 7 && period[4..6] == "-Q" && int.TryParse(period.AsSpan(0, 4), out var year) && period[6] is >= '1' and <= '4'
            ? (year * 4) + (period[6] - '1') : null;
}

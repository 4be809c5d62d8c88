using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Grievances;
using Recruitment.Platform;

namespace Recruitment.Risk.Sites;

/// <summary>Keeps released cells as last published. Makes no score again: worker voice is laid over a score when someone who may see it reads.</summary>
internal sealed class KeepSignalsWhenSignalsReleased(RiskDb db) : IConsumes<SignalsReleased>
{
    public async Task Consume(SignalsReleased happened, CancellationToken stop)
    {
        await db.Signals.Where(s => s.ReleaseId == happened.ReleaseId).ExecuteDeleteAsync(stop);
        db.Signals.AddRange(happened.Cells.DistinctBy(c => (c.SubjectKind, c.SubjectId, c.TopicGroup, c.Period)).Select(cell => new Signal
        {
            ReleaseId = happened.ReleaseId, SubjectKind = cell.SubjectKind, SubjectId = cell.SubjectId,
            TopicGroup = cell.TopicGroup, Period = cell.Period, Band = cell.Band,
        }));
    }
}

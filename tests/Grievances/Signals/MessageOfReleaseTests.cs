using System.Text.Json;
using Recruitment.Contracts.Grievances;
using Recruitment.Grievances.Signals;
using Recruitment.Platform;

namespace Recruitment.Grievances.Tests.Signals;

public sealed class MessageOfReleaseTests
{
    [Fact]
    public void A_release_of_as_many_cells_as_go_together_fits_several_times_into_a_message()
    {
        var cell = new SignalCell { SubjectKind = "recruiter", SubjectId = Guid.CreateVersion7(), TopicGroup = new string('x', 60), Period = "2026-Q3", Band = "1000-1999" };
        var release = new Release { Id = Guid.CreateVersion7(), ReleasedOn = new(2026, 11, 30), Cells = JsonSerializer.Serialize(Enumerable.Repeat(cell, ReleaseSignals.MostCells)) };

        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(release.AsEvent(epoch: 1)).Length * 2, 1, SizeLimits.Message);
    }
}

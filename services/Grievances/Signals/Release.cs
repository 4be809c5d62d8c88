using System.Text.Json;
using Recruitment.Contracts.Grievances;
using Recruitment.Grievances.Cases;

namespace Recruitment.Grievances.Signals;

/// <summary>A release that is due on a day drawn at random, once per quarter. Whoever saves that it is done first has done it; everybody else's is taken back.</summary>
internal sealed class DueRelease
{
    public string Period { get; init; } = "";
    public DateOnly DueOn { get; init; }
    public DateOnly? DoneOn { get; set; }
}

/// <summary>What was released, word for word, so that it can be published again. It holds bands, never a count.</summary>
internal sealed class Release
{
    public Guid Id { get; init; }
    public DateOnly ReleasedOn { get; init; }
    public string Cells { get; init; } = "[]";

    public SignalsReleased AsEvent(int epoch) => new()
    {
        ReleaseId = Id, Epoch = epoch, Sequence = 1, ReleasedOn = ReleasedOn, Cells = JsonSerializer.Deserialize<List<SignalCell>>(Cells, Sealing.Json)!,
    };
}

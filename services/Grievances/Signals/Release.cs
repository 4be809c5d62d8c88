using System.Text.Json;
using Recruitment.Contracts.Grievances;
using Recruitment.Grievances.Cases;

namespace Recruitment.Grievances.Signals;

/// <summary>A release that is due on a day drawn at random, once per quarter. Claimed with a lease; at most once in effect.</summary>
internal sealed class DueRelease
{
    public string Period { get; init; } = "";
    public DateOnly DueOn { get; init; }
    public Guid? LeaseOwner { get; set; }
    public DateTime? LeaseUntil { get; set; }
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

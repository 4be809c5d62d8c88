namespace Recruitment.Platform;

/// <summary>How far a service is with publishing its states again. One row, so one at a time; it goes on from there after a crash.</summary>
internal sealed class Republishing
{
    public int Id { get; init; } = 1;
    public DateTime BegunAt { get; private set; }
    public DateTime? DoneAt { get; private set; }

    /// <summary>Which of the <see cref="Publications{TDb}.Kinds"/> is under way.</summary>
    public int Kind { get; private set; }

    /// <summary>The last row of it that was published.</summary>
    public string? After { get; private set; }

    /// <summary>Rows so far.</summary>
    public int Published { get; private set; }

    /// <summary>A page was published; after the last of its kind comes the next kind, and after the last kind it is done.</summary>
    public void GoOn(int rows, string? next, int kinds, DateTime now)
    {
        Published += rows;
        After = next;
        if (next is not null) return;

        Kind++;
        if (Kind >= kinds) DoneAt = now;
    }
}

namespace Recruitment.Accreditation.Deadlines;

/// <summary>That a day came was said: once for each day, whichever replica did it and however often it was asked for. Rows are only ever added.</summary>
internal sealed class Reminder
{
    /// <summary>What a recruiter's own programs are told of a day that came and changes no status.</summary>
    public const string Said = "accreditation.reminder";

    public Guid ApplicationId { get; init; }
    /// <summary>The name of the <see cref="Deadlines.Deadline"/>.</summary>
    public string Deadline { get; init; } = "";
    public DateOnly Day { get; init; }
    public DateTime SaidAt { get; init; }
}

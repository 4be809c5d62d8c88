namespace Recruitment.Identity.Sessions;

/// <summary>How long somebody stays signed in at the issuer, under Identity:Sessions.</summary>
internal sealed class SessionOptions
{
    /// <summary>A session ends so many hours after it began, however much it is used. Default 12; 1 to 720.</summary>
    public int LongestHours { get; set; } = 12;

    /// <summary>A session ends after so many hours in which nothing was asked for. Default 4; 1 to 720.</summary>
    public int IdleHours { get; set; } = 4;

    /// <summary>hour (default) or day: to which of them "last seen" is rounded. Idle time counts from its end.</summary>
    public string LastSeenTo { get; set; } = Hour;

    /// <summary>So many days an ended session is kept, for its owner to see. Default 30; 1 to 366.</summary>
    public int KeptDays { get; set; } = 30;

    internal const string Hour = "hour", Day = "day";

    internal TimeSpan Rounding => LastSeenTo == Day ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1);

    internal bool IsRight => LongestHours is >= 1 and <= 720 && IdleHours is >= 1 and <= 720 && KeptDays is >= 1 and <= 366 && LastSeenTo is (Hour or Day);
}

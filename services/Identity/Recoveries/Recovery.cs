using Recruitment.Platform;

namespace Recruitment.Identity.Recoveries;

/// <summary>
/// Somebody has lost every second step and asks to be let in by the password alone. He asks with the password and a link sent to his address; two different administrators approve; a
/// time passes in which the owner hears of it by mail; and any sign-in with a second step, a click on "this was not me", or one administrator ends it. Nobody can be talked into more than a half of that.
/// </summary>
internal sealed class Recovery
{
    public const string SignedIn = "signed-in", NotMe = "not-me", Used = "used", Refused = "refused";

    public Guid Id { get; private init; }
    public Guid PersonId { get; private init; }
    public DateTime AskedAt { get; private init; }
    public Guid? FirstBy { get; private set; }
    public Guid? SecondBy { get; private set; }
    public DateTime? EndedAt { get; private set; }
    public string? EndedBecause { get; private set; }
    public int Version { get; private set; } = 1;

    public int Approvals => (FirstBy is null ? 0 : 1) + (SecondBy is null ? 0 : 1);

    public static Recovery Of(Guid person, DateTime now) => new() { Id = RandomId.New(), PersonId = person, AskedAt = now };

    public void Approve(Guid administrator, DateTime now, RecoveryOptions options)
    {
        if (!IsOpen(now, options)) throw Ended();
        if (administrator == PersonId) throw new BrokenRuleException("own-recovery", "Nobody approves his own recovery.");
        if (administrator == FirstBy || administrator == SecondBy) throw new BrokenRuleException("approved-already", "You have approved it. The second approval is another administrator's.");
        if (SecondBy is not null) throw new BrokenRuleException("approved-twice", "Two administrators have approved it.");
        if (FirstBy is null) FirstBy = administrator;
        else SecondBy = administrator;
        Version++;
    }

    /// <summary>One administrator who finds that the owner does not ask is enough.</summary>
    public void Refuse(DateTime now, RecoveryOptions options)
    {
        if (!IsOpen(now, options)) throw Ended();
        End(Refused, now);
    }

    public void End(string because, DateTime now)
    {
        if (EndedAt is not null) return;
        (EndedAt, EndedBecause) = (now, because);
        Version++;
    }

    public DateTime ReadyAt(RecoveryOptions options) => AskedAt.AddHours(options.WaitHours);

    public bool IsOpen(DateTime now, RecoveryOptions options) => EndedAt is null && now < AskedAt.AddDays(options.OpenDays);

    private static BrokenRuleException Ended() => new("recovery-ended", "This recovery has ended. Its person can ask for another.");

    /// <summary>Whether the password alone opens the account now.</summary>
    public bool IsReady(DateTime now, RecoveryOptions options) => IsOpen(now, options) && Approvals == 2 && now >= ReadyAt(options);
}

/// <summary>How long a recovery waits, under Identity:Recovery.</summary>
internal sealed class RecoveryOptions
{
    /// <summary>So many hours pass from the asking, in which the owner can stop it. Default 24; 1 to 168.</summary>
    public int WaitHours { get; set; } = 24;

    /// <summary>So many days after the asking it is over, used or not. Default 8; 2 to 30.</summary>
    public int OpenDays { get; set; } = 8;

    internal bool IsRight => WaitHours is >= 1 and <= 168 && OpenDays is >= 2 and <= 30 && OpenDays * 24 > WaitHours;
}

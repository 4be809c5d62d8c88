using System.Linq.Expressions;

namespace Recruitment.Platform;

/// <summary>A message that could not be handled, with the reason: kept until somebody sends it again or sets it aside, and as a record after that.</summary>
internal sealed class DeadLetter
{
    public const int MostOfReason = 1000;

    /// <summary>Of a message that is too long for any event of ours so much is kept, to see what it was.</summary>
    public const int MostOfTooLong = 4096;
    public const string TooLong = "Too long: ";

    /// <summary>In the order in which they came.</summary>
    public Guid Id { get; private init; }
    public Guid? MessageId { get; private init; }

    /// <summary>Who was to hear it.</summary>
    public string Consumer { get; private init; } = "";

    /// <summary>The event, as its own JSON or, when no consumer put it down, as it came.</summary>
    public byte[] Body { get; private init; } = [];

    /// <summary>Whether the body is what came over the wire, envelope and all.</summary>
    public bool AsItCame { get; private init; }

    /// <summary>The mistake that ended the last try.</summary>
    public string Reason { get; set; } = "";
    public DateTime FailedAt { get; set; }
    public DateTime? ClosedAt { get; private set; }

    /// <summary>One of <see cref="Outcomes"/> once closed.</summary>
    public string? Outcome { get; private set; }

    /// <summary>Why it was set aside.</summary>
    public string? Why { get; private set; }

    /// <summary>The subject of whoever closed it.</summary>
    public string? ClosedBy { get; private set; }

    public static DeadLetter Of(Guid? message, string consumer, byte[] body, bool asItCame, Exception problem, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(now), MessageId = message, Consumer = consumer, Body = body, AsItCame = asItCame, Reason = ReasonOf(problem), FailedAt = now,
    };

    /// <summary>A message longer than it may be: its beginning, its length, and the SHA-256 of all of it.</summary>
    public static DeadLetter OfTooLong(Guid? message, string consumer, byte[] beginning, string length, string hash, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(now), MessageId = message, Consumer = consumer, Body = beginning, AsItCame = true, FailedAt = now,
        Reason = $"{TooLong}{length} bytes, of which the first {beginning.Length} are kept. SHA-256 of all of them: {hash}.",
    };

    /// <summary>Of one that is not, only the beginning is kept, so nobody can hear it again.</summary>
    public static readonly Expression<Func<DeadLetter, bool>> IsWhole = d => !(d.AsItCame && d.Reason.StartsWith(TooLong));

    private static readonly Func<DeadLetter, bool> Whole = IsWhole.Compile();

    public bool IsCut => !Whole(this);

    /// <summary>Of a mistake its kind and sentence. Events hold nothing about people, and databases are not asked for the values that broke a rule.</summary>
    public static string ReasonOf(Exception problem)
    {
        var cause = problem.GetBaseException();
        var reason = (cause is BadMessageException ? cause.Message : $"{cause.GetType().Name}: {cause.Message}").Replace("\0", "", StringComparison.Ordinal);
        if (reason.Length <= MostOfReason) return reason;

        // Never through the middle of a character: half of one cannot be stored everywhere.
        return reason[..(char.IsHighSurrogate(reason[MostOfReason - 1]) ? MostOfReason - 1 : MostOfReason)];
    }

    public void Close(string outcome, string? why, string by, DateTime now) => (Outcome, Why, ClosedBy, ClosedAt) = (outcome, why, by, now);
}

/// <summary>How a dead letter ends.</summary>
internal static class Outcomes
{
    /// <summary>Sent again, and it was handled.</summary>
    public const string Handled = "handled";

    /// <summary>Sent again, and a newer state of the same subject had been heard meanwhile.</summary>
    public const string Superseded = "superseded";

    /// <summary>Somebody said why it need not be handled.</summary>
    public const string SetAside = "set_aside";
}

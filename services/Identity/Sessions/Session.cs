using System.Security.Cryptography;
using System.Text;
using Recruitment.Platform;

namespace Recruitment.Identity.Sessions;

/// <summary>
/// Somebody signed in at the issuer with one browser, until it ends: by its owner, by an act that ends all of them, or by its age. Its id stands in tokens as
/// <c>sid</c>; what the browser's cookie proves is another secret, which changes whenever the person proves anew who it is, so that a copy made before is worth nothing after.
/// </summary>
internal sealed class Session
{
    public const string SignedOut = "signed-out", EndedByOwner = "ended-by-owner", Everywhere = "everywhere", PasswordChanged = "password-changed", NotMe = "not-me", Recovered = "recovered", EmailRestored = "email-restored";

    /// <summary>Random: it says nothing of when it began.</summary>
    public Guid Id { get; private init; }
    public Guid PersonId { get; private init; }
    public DateTime StartedAt { get; private init; }

    /// <summary>Rounded down to <see cref="SessionOptions.LastSeenTo"/>: enough to recognise a session by, no diary.</summary>
    public DateTime LastSeen { get; private set; }

    /// <summary>When the person last proved who it is.</summary>
    public DateTime ProvedAt { get; private set; }

    /// <summary>By which <see cref="Ways"/>, with spaces between.</summary>
    public string How { get; private set; } = "";

    /// <summary>In plain words, for its owner to recognise: never more than the kind of browser and of machine.</summary>
    public string Browser { get; private init; } = "";
    public DateTime? EndedAt { get; private set; }
    public string? EndedBecause { get; private set; }
    public string SecretHash { get; private set; } = "";

    public IReadOnlyList<string> Ways => How.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>More than a password was proved.</summary>
    public bool IsStrong => Ways.Any(w => w is Sessions.Ways.Passkey or Sessions.Ways.Code or Sessions.Ways.Recovery or Sessions.Ways.Organisation);

    public bool IsOfOrganisation => Ways.Contains(Sessions.Ways.Organisation);

    public static (Session Session, string Secret) Begin(Guid person, string browser, IEnumerable<string> ways, DateTime now, SessionOptions options)
    {
        var session = new Session { Id = RandomId.New(), PersonId = person, Browser = browser, StartedAt = now };
        session.Seen(now, options);
        return (session, session.Prove(ways, now));
    }

    /// <summary>The person has proved anew who it is: what the cookie must hold from now on.</summary>
    public string Prove(IEnumerable<string> ways, DateTime now)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        (ProvedAt, How, SecretHash) = (now, string.Join(' ', ways), HashOf(secret));
        return secret;
    }

    /// <summary>A way was added to a session that is open: it holds for it as well.</summary>
    public void Add(string way) => How = string.Join(' ', Ways.Append(way).Distinct());

    public bool IsOf(string secret) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(secret)), Encoding.ASCII.GetBytes(SecretHash));

    /// <summary>Idle time begins when what <see cref="LastSeen"/> rounds away is over.</summary>
    public bool IsOpen(DateTime now, SessionOptions options) => EndedAt is null && now < StartedAt.AddHours(options.LongestHours) && now < LastSeen + options.Rounding + TimeSpan.FromHours(options.IdleHours);

    public bool IsProvedWithin(TimeSpan time, DateTime now) => now - ProvedAt <= time;

    /// <summary>Whether that says anything new.</summary>
    public bool Seen(DateTime now, SessionOptions options)
    {
        var rounded = new DateTime(now.Ticks - (now.Ticks % options.Rounding.Ticks), DateTimeKind.Utc);
        if (rounded <= LastSeen) return false;
        LastSeen = rounded;
        return true;
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
}

/// <summary>By what somebody proved who it is, as <c>amr</c> says it.</summary>
internal static class Ways
{
    public const string Password = "pwd", Code = "otp", Recovery = "recovery", Passkey = "passkey";

    /// <summary>At the organisation's own provider, whose matter it is what that asks for.</summary>
    public const string Organisation = "sso";
}

namespace Recruitment.Identity.People;

/// <summary>A role that a person has in an organisation, until it ends.</summary>
internal sealed class Membership
{
    public Guid Id { get; private init; }
    public Guid PersonId { get; private init; }
    public Guid PartyId { get; private init; }
    public string Kind { get; private init; } = "";
    public string Role { get; private init; } = "";
    public DateTime From { get; private init; }

    /// <summary>When somebody ended it.</summary>
    public DateTime? To { get; private set; }

    /// <summary>When it ends by itself, for whoever answers until a day.</summary>
    public DateTime? Until { get; private init; }

    /// <summary>Whether nobody has ended it; of those that are read with <see cref="OpenMemberships.WithOpenMemberships"/> none has run out either.</summary>
    public bool IsOpen => To is null;

    public bool IsOpenAt(DateTime now) => To is null && !(Until <= now);

    public void End(DateTime now) => To ??= now;

    public static Membership Open(Guid person, Guid party, string kind, string role, DateTime now, DateTime? until) =>
        new() { Id = Guid.CreateVersion7(), PersonId = person, PartyId = party, Kind = kind, Role = role, From = now, Until = until };
}

using Recruitment.Platform;

namespace Recruitment.Identity.RoleRequests;

/// <summary>One administrator asks for a role that two give together; another one agrees or refuses, never who asked and never who would get it. Unanswered it runs out.</summary>
internal sealed class RoleRequest
{
    public const string Open = "open";
    public const string Agreed = "agreed";
    public const string Refused = "refused";
    public const string Done = "done";

    public Guid Id { get; private init; }
    public Guid PartyId { get; private init; }
    public string Kind { get; private init; } = "";
    public string Role { get; private init; } = "";

    /// <summary>Who would get it; null when a link is to be made for somebody without an account.</summary>
    public Guid? PersonId { get; private init; }

    /// <summary>For whom the link would be; gone when the request is over.</summary>
    public string? Email { get; private set; }

    public Guid AskedBy { get; private init; }
    public DateTime ExpiresAt { get; private init; }
    public string State { get; private set; } = Open;
    public Guid? DecidedBy { get; private set; }
    public DateTime? DecidedAt { get; private set; }

    public static RoleRequest Ask(Guid party, string kind, string role, Guid? person, string? email, Guid by, DateTime expiresAt) =>
        new() { Id = Guid.CreateVersion7(), PartyId = party, Kind = kind, Role = role, PersonId = person, Email = email, AskedBy = by, ExpiresAt = expiresAt };

    public bool IsOpenAt(DateTime now) => State == Open && now < ExpiresAt;

    public bool MayBeDecidedBy(Guid person, string? email) => person != AskedBy && person != PersonId && !(Email is not null && string.Equals(Email, email, StringComparison.OrdinalIgnoreCase));

    public void Decide(bool agree, Guid by, string? email, DateTime now)
    {
        if (!IsOpenAt(now)) throw new BrokenRuleException("request-over", "This request was answered or has run out. Ask again.");
        if (!MayBeDecidedBy(by, email)) throw new BrokenRuleException("another-administrator", "Another administrator decides this: neither who asked nor who would get the role.");
        (State, DecidedBy, DecidedAt) = (!agree ? Refused : PersonId is null ? Agreed : Done, by, now);
        if (!agree) Email = null;
    }

    /// <summary>The link is made once, for who asked: who agreed never sees it.</summary>
    public string TakeLink(Guid by, DateTime now)
    {
        if (by != AskedBy) throw new BrokenRuleException("who-asked", "Whoever asked for the role gets the link, and nobody else.");
        if (State != Agreed || now >= ExpiresAt) throw new BrokenRuleException("no-link", "There is no link: nobody has agreed yet, it was taken already, or the request has run out.");
        var email = Email!;
        (State, Email) = (Done, null);
        return email;
    }
}

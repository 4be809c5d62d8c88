using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>One owner offers the organisation to a member, who accepts it or does not. Until then nothing changes.</summary>
internal sealed class OwnershipTransfer
{
    public const string StaysOwner = "stays_owner";
    public const string StaysMember = "stays_member";
    public const string Leaves = "leaves";

    /// <summary>What the giver is when it is accepted.</summary>
    public static IReadOnlyList<string> Afterwards { get; } = [StaysOwner, StaysMember, Leaves];

    public Guid Id { get; private init; }
    public Guid PartyId { get; private init; }
    public string Kind { get; private init; } = "";
    public Guid GivenBy { get; private init; }
    public Guid GivenTo { get; private init; }
    public string Giver { get; private init; } = "";
    public DateTime ExpiresAt { get; private init; }
    public DateTime? EndedAt { get; private set; }

    public static OwnershipTransfer Offer(Guid party, string kind, Guid by, Guid to, string giver, DateTime expiresAt) =>
        new() { Id = Guid.CreateVersion7(), PartyId = party, Kind = kind, GivenBy = by, GivenTo = to, Giver = giver, ExpiresAt = expiresAt };

    public bool IsOpenAt(DateTime now) => EndedAt is null && now < ExpiresAt;

    /// <summary>Accepted, refused or withdrawn: once.</summary>
    public void End(DateTime now)
    {
        if (!IsOpenAt(now)) throw new BrokenRuleException("transfer-over", "This offer was answered, withdrawn or has run out.");
        EndedAt = now;
    }
}

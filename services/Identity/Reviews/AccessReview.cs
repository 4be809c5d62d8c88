using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Reviews;

/// <summary>Once a year an organisation looks at everybody and every program that gets in for it, and decides of each: keep or end. It is over when every line is decided.</summary>
internal sealed class AccessReview
{
    public Guid Id { get; private init; }
    public Guid PartyId { get; private init; }
    public DateTime OpenedAt { get; private init; }
    public DateTime DueAt { get; private init; }
    public DateTime? ClosedAt { get; private set; }
    public List<AccessReviewLine> Lines { get; } = [];

    public static AccessReview Open(Guid party, IEnumerable<Membership> memberships, IEnumerable<(string ClientId, string Role)> machines, DateTime now, TimeSpan within)
    {
        var review = new AccessReview { Id = Guid.CreateVersion7(), PartyId = party, OpenedAt = now, DueAt = now + within };
        review.Lines.AddRange(memberships.Select(m => AccessReviewLine.Of(m)));
        review.Lines.AddRange(machines.Select(m => AccessReviewLine.Of(m.ClientId, m.Role)));
        return review;
    }

    /// <summary>Lines whose access was ended elsewhere need no decision; without open ones the review is over.</summary>
    public void CloseWhenDecided(IReadOnlySet<Guid> open, DateTime now)
    {
        foreach (var line in Lines.Where(l => l.Decision is null && l.MembershipId is { } membership && !open.Contains(membership))) line.Decide(AccessReviewLine.EndedBefore, "", now);
        if (Lines.All(l => l.Decision is not null)) ClosedAt ??= now;
    }

    public void MustBeOpen()
    {
        if (ClosedAt is not null) throw new BrokenRuleException("review-over", "This review is finished. What is to change now, change it with the person.");
    }
}

/// <summary>One role of one person, or one program.</summary>
internal sealed class AccessReviewLine
{
    public const string Keep = "keep";
    public const string End = "end";
    public const string EndedBefore = "ended_before";

    public static IReadOnlyList<string> Decisions { get; } = [Keep, End];

    public Guid Id { get; private init; }
    public Guid ReviewId { get; private init; }
    public Guid? PersonId { get; private init; }
    public Guid? MembershipId { get; private init; }
    public string? ClientId { get; private init; }
    public string Role { get; private init; } = "";
    public string? Decision { get; private set; }
    public string DecidedBy { get; private set; } = "";
    public DateTime? DecidedAt { get; private set; }

    public static AccessReviewLine Of(Membership membership) => new() { Id = Guid.CreateVersion7(), PersonId = membership.PersonId, MembershipId = membership.Id, Role = membership.Role };

    public static AccessReviewLine Of(string client, string role) => new() { Id = Guid.CreateVersion7(), ClientId = client, Role = role };

    /// <summary>What was ended stays ended; who is kept can still be ended while the review is open.</summary>
    public void Decide(string decision, string by, DateTime now)
    {
        if (Decision is End or EndedBefore) throw new BrokenRuleException("ended-already", "This access has ended already. Give the role back with the person if that was a mistake.");
        (Decision, DecidedBy, DecidedAt) = (decision, by, now);
    }
}

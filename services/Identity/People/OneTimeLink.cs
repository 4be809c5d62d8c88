using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Recruitment.Identity.People;

/// <summary>A link that makes one account with one role, once, until it expires or is withdrawn. Only the hash of its token is kept.</summary>
internal sealed class OneTimeLink
{
    public string TokenHash { get; private init; } = "";

    /// <summary>By which it is withdrawn; empty of links made by the release before.</summary>
    public Guid Id { get; private init; }

    public Guid PartyId { get; private init; }
    public string Kind { get; private init; } = "";
    public string Role { get; private init; } = "";

    /// <summary>The link is an invitation that Suppliers made. It is kept from before Suppliers uses it up until the account exists, so that whoever was cut off between the two can finish.</summary>
    public bool IsInvitation { get; private init; }

    public DateTime ExpiresAt { get; private init; }
    public DateTime? UsedAt { get; private set; }

    /// <summary>For whom it is, where that was said: no other address makes the account. Gone when the link is used or withdrawn.</summary>
    public string? Email { get; private set; }

    /// <summary>The subject of whoever made it, who may not manage there any more: then it ends with that. Null of links that nobody's leaving ends.</summary>
    public string? MadeBy { get; init; }

    /// <summary>When the role that it gives ends by itself.</summary>
    public DateTime? MembershipUntil { get; init; }

    /// <summary>Two administrators agreed on it (<see cref="RoleRequests.FourEyes"/>).</summary>
    public bool IsAgreed { get; init; }

    public static (OneTimeLink Link, string Token) New(Guid party, string kind, string role, DateTime expiresAt)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (Of(token, party, kind, role, null, expiresAt, null, isAgreed: false), token);
    }

    public static OneTimeLink Of(string token, Guid party, string kind, string role, string? email, DateTime expiresAt, DateTime? membershipUntil, bool isAgreed, string? madeBy = null) => new()
    {
        TokenHash = HashOf(token), Id = Guid.CreateVersion7(), PartyId = party, Kind = kind, Role = role, Email = email, ExpiresAt = expiresAt, MembershipUntil = membershipUntil, IsAgreed = isAgreed, MadeBy = madeBy,
    };

    /// <summary>What Suppliers says of an invitation. Whether it still stands, Suppliers decides when it is accepted.</summary>
    public static OneTimeLink Kept(string token, Guid party, string kind, string role, DateTime expiresAt) =>
        new() { TokenHash = HashOf(token), Id = Guid.CreateVersion7(), PartyId = party, Kind = kind, Role = role, ExpiresAt = expiresAt, IsInvitation = true };

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public bool CanBeUsed(DateTime now) => UsedAt is null && now < ExpiresAt;

    public bool IsFor(string? email) => Email is null || string.Equals(Email, email?.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>By the account that it made, or by whoever withdrew it.</summary>
    public void Use(DateTime now) => (UsedAt, Email) = (now, null);
}

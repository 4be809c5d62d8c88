using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Recruitment.Identity.People;

/// <summary>A link that makes one account with one role, once, until it expires. Only the hash of its token is kept.</summary>
internal sealed class OneTimeLink
{
    public string TokenHash { get; private init; } = "";
    public Guid PartyId { get; private init; }
    public string Kind { get; private init; } = "";
    public string Role { get; private init; } = "";

    /// <summary>The link is an invitation that Suppliers made. It is kept from before Suppliers uses it up until the account exists, so that whoever was cut off between the two can finish.</summary>
    public bool IsInvitation { get; private init; }

    public DateTime ExpiresAt { get; private init; }
    public DateTime? UsedAt { get; private set; }

    public static (OneTimeLink Link, string Token) New(Guid party, string kind, string role, DateTime expiresAt)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (new OneTimeLink { TokenHash = HashOf(token), PartyId = party, Kind = kind, Role = role, ExpiresAt = expiresAt }, token);
    }

    /// <summary>What Suppliers says of an invitation. Whether it still stands, Suppliers decides when it is accepted.</summary>
    public static OneTimeLink Kept(string token, Guid party, string kind, string role, DateTime expiresAt) =>
        new() { TokenHash = HashOf(token), PartyId = party, Kind = kind, Role = role, ExpiresAt = expiresAt, IsInvitation = true };

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public bool CanBeUsed(DateTime now) => UsedAt is null && now < ExpiresAt;

    public void Use(DateTime now) => UsedAt = now;
}

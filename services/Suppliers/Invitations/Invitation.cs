using System.Security.Cryptography;
using System.Text;

namespace Recruitment.Suppliers.Invitations;

/// <summary>A one-time way in for one organisation. Only the token's hash is kept.</summary>
internal sealed class Invitation
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private Invitation() { }

    public Guid Id { get; private init; }
    public int Version { get; private set; }
    public string TokenHash { get; private init; } = "";
    public PartyId PartyId { get; private init; }
    public PartyId InvitedBy { get; private init; }
    public DateTime ExpiresAt { get; private init; }
    public DateTime? UsedAt { get; private set; }

    public static (Invitation Invitation, string Token) Make(PartyId party, PartyId invitedBy, DateTime now)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        return (new() { Id = Guid.CreateVersion7(), Version = 1, TokenHash = Hash(token), PartyId = party, InvitedBy = invitedBy, ExpiresAt = now + Lifetime }, token);
    }

    // 192 random bits need no slow hash.
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public bool IsOpen(DateTime now) => UsedAt is null && now < ExpiresAt;

    public void Use(DateTime now)
    {
        UsedAt = now;
        Version++;
    }
}

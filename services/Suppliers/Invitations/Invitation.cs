using System.Security.Cryptography;
using System.Text;
using Recruitment.Platform;

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

    public static Invitation Make(string token, PartyId party, PartyId invitedBy, DateTime now) =>
        new() { Id = Guid.CreateVersion7(), Version = 1, TokenHash = Hash(token), PartyId = party, InvitedBy = invitedBy, ExpiresAt = now + Lifetime };

    // 192 random bits need no slow hash.
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public bool IsOpen(DateTime now) => UsedAt is null && now < ExpiresAt;

    public void Use(DateTime now)
    {
        UsedAt = now;
        Version++;
    }
}

/// <summary>Makes the tokens of invitations: random, or for a request with an <c>Idempotency-Key</c> a keyed hash of it, so that the same request gets the same link and no link is kept.</summary>
internal sealed class InvitationTokens(Secrets secrets)
{
    private readonly Lazy<byte[]> secret = new(() => secrets.GetKey("suppliers-invitations"));

    public string For(Caller caller, PartyId party, string? key) => Convert.ToHexStringLower(string.IsNullOrEmpty(key)
        ? RandomNumberGenerator.GetBytes(24)
        : HMACSHA256.HashData(secret.Value, Encoding.UTF8.GetBytes($"{caller.Subject}\n{caller.Party}\n{party.Value}\n{key}"))[..24]);
}

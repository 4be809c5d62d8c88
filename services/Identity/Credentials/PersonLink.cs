using System.Buffers.Text;
using System.Security.Cryptography;
using Recruitment.Identity.People;

namespace Recruitment.Identity.Credentials;

/// <summary>A link in a mail that does one thing for one person, once, until it expires. Only the hash of its token is kept.</summary>
internal sealed class PersonLink
{
    public const string Password = "password", Email = "email", Recovery = "recovery", NotMe = "not-me", OldEmail = "old-email";

    public string TokenHash { get; private init; } = "";
    public Guid PersonId { get; private init; }
    public string Purpose { get; private init; } = "";

    /// <summary>Of <see cref="Email"/> the address that it proves; of <see cref="OldEmail"/> the one that it puts back; of those about a recovery its id.</summary>
    public string Value { get; private init; } = "";
    public DateTime ExpiresAt { get; private init; }
    public DateTime? UsedAt { get; private init; }

    public static (PersonLink Link, string Token) New(Guid person, string purpose, DateTime expiresAt, string value = "")
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (new() { TokenHash = OneTimeLink.HashOf(token), PersonId = person, Purpose = purpose, Value = value, ExpiresAt = expiresAt }, token);
    }
}

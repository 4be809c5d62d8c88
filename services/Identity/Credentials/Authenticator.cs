using System.Security.Cryptography;
using System.Text;
using Recruitment.Platform;

namespace Recruitment.Identity.Credentials;

/// <summary>Somebody's authenticator app: the secret it shares with us, sealed, and the last of its codes that was used.</summary>
internal sealed class Authenticator
{
    public Guid PersonId { get; private init; }
    public byte[] Sealed { get; private init; } = [];
    public DateTime Since { get; private init; }

    /// <summary>Every code of this step of time, or an earlier one, is spent.</summary>
    public long LastStep { get; private init; }

    public static Authenticator Of(Guid person, byte[] sealedSecret, long step, DateTime now) => new() { PersonId = person, Sealed = sealedSecret, LastStep = step, Since = now };
}

/// <summary>One of ten codes on paper for when the app or the key is lost. Only a hash is kept: at 80 bits nobody guesses what made it.</summary>
internal sealed class RecoveryCode
{
    private const string Letters = "abcdefghjkmnpqrstvwxyz0123456789";
    private const int Length = 16;

    public Guid Id { get; private init; }
    public Guid PersonId { get; private init; }
    public string Hash { get; private init; } = "";
    public DateTime? UsedAt { get; private init; }

    public static (RecoveryCode Kept, string Shown) New(Guid person)
    {
        var code = RandomNumberGenerator.GetString(Letters, Length);
        return (new() { Id = RandomId.New(), PersonId = person, Hash = HashOf(person, code) }, string.Join('-', code.Chunk(4).Select(four => new string(four))));
    }

    /// <summary>However it was typed: spaces, dashes and capitals do not matter.</summary>
    public static string HashOf(Guid person, string typed) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{person:N} {new string([.. typed.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)])}")));
}
